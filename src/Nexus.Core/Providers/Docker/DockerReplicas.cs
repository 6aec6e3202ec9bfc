using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using Nexus.Core.Sources;

namespace Nexus.Core.Providers.Docker;

/// <summary>Containers of deployments: found by label, made under a name that can exist only once.</summary>
internal sealed class DockerReplicas(
    DockerConnection connection, DockerNetworks networks, DockerImages images, HostGuard guard, DockerOptions options,
    TimeProvider time)
{
    public Task<IReadOnlyList<Replica>> ListAsync(Guid deploymentId, CancellationToken cancellationToken) =>
        connection.CallAsync<IReadOnlyList<Replica>>(
            async engine =>
            {
                var containers = await engine.Client.Containers.ListContainersAsync(
                    new ContainersListParameters { All = true, Filters = ReplicaLabels.Filter(ReplicaLabels.Deployment, deploymentId) },
                    cancellationToken);
                // The list lacks times, exit codes and what memory did.
                var inspected = await Task.WhenAll(containers.Select(container => FindAsync(engine, container.ID, cancellationToken)));
                return [.. inspected
                    .Select(container => container is null ? null : ReplicaReading.From(container))
                    .OfType<Replica>()
                    .OrderBy(replica => replica.Revision).ThenBy(replica => replica.Ordinal)];
            },
            cancellationToken);

    public Task<IReadOnlyList<PresentDeployment>> ListDeploymentsAsync(CancellationToken cancellationToken) =>
        connection.CallAsync<IReadOnlyList<PresentDeployment>>(
            async engine =>
            {
                var containers = await engine.Client.Containers.ListContainersAsync(
                    new ContainersListParameters { All = true, Filters = ReplicaLabels.Filter(ReplicaLabels.Deployment) },
                    cancellationToken);
                return [.. containers
                    .GroupBy(container => container.Labels[ReplicaLabels.Deployment])
                    .Where(group => Guid.TryParse(group.Key, out _))
                    .Select(group => new PresentDeployment(Guid.Parse(group.Key), group.Any(container => container.State == "running")))];
            },
            cancellationToken);

    public Task StartAsync(ReplicaSpec spec, CancellationToken cancellationToken) =>
        connection.CallAsync(
            async engine =>
            {
                if (await TryStartAsync(engine, spec, cancellationToken)) return;
                // Its network went while it was stopped. It has nothing worth keeping but that.
                if (await FindExistingAsync(engine, spec, cancellationToken) is { } stranded)
                    await RemoveAsync(stranded, TimeSpan.Zero, cancellationToken);
                if (!await TryStartAsync(engine, spec, cancellationToken))
                    throw new ProviderException(
                        "PROVIDER_ERROR", "The project's network was removed while the replica started.", hint: null, transient: true);
            },
            cancellationToken);

    public Task StopAsync(string replicaId, TimeSpan grace, CancellationToken cancellationToken) =>
        connection.CallAsync(
            async engine =>
            {
                using var timeout = new CancellationTokenSource(grace + TimeSpan.FromMinutes(1), time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
                try
                {
                    var seconds = (uint)Math.Ceiling(grace.TotalSeconds);
                    await engine.Client.Containers.StopContainerAsync(
                        replicaId, new ContainerStopParameters { WaitBeforeKillSeconds = seconds }, either.Token);
                }
                catch (DockerContainerNotFoundException)
                {
                    return;
                }
            },
            cancellationToken);

    public async Task RemoveAsync(string replicaId, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (grace > TimeSpan.Zero) await StopAsync(replicaId, grace, cancellationToken);
        await connection.CallAsync(
            async engine =>
            {
                try
                {
                    await engine.Client.Containers.RemoveContainerAsync(
                        replicaId, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, cancellationToken);
                }
                catch (DockerContainerNotFoundException)
                {
                    return;
                }
                catch (DockerApiException refused) when (refused.StatusCode == HttpStatusCode.Conflict)
                {
                    // Its removal is under way already.
                    return;
                }
            },
            cancellationToken);
    }

    /// <summary>False where the container can't start because its network is gone.</summary>
    private async Task<bool> TryStartAsync(ConnectedEngine engine, ReplicaSpec spec, CancellationToken cancellationToken)
    {
        var id = await EnsureCreatedAsync(engine, spec, cancellationToken);
        await guard.EnsureAsync(cancellationToken);
        try
        {
            await engine.Client.Containers.StartContainerAsync(id, new ContainerStartParameters(), cancellationToken);
            return true;
        }
        catch (DockerApiException refused) when (IsNetworkGone(refused))
        {
            return false;
        }
        catch (DockerContainerNotFoundException gone)
        {
            throw new ProviderException(
                "PROVIDER_ERROR", "The replica was removed while it started.", hint: null, transient: true, gone);
        }
        catch (DockerApiException refused)
        {
            throw StartErrors.From(refused);
        }
    }

    private async Task<string> EnsureCreatedAsync(ConnectedEngine engine, ReplicaSpec spec, CancellationToken cancellationToken)
    {
        if (await FindExistingAsync(engine, spec, cancellationToken) is { } existing) return existing;
        // To make a network takes the engine a good part of the time that a start takes, and only the start needs it.
        var network = networks.EnsureAsync(spec.OrganizationId, spec.ProjectId, cancellationToken);
        var container = CreateAsync(engine, spec, cancellationToken);
        await Task.WhenAll(network, container);
        return await container;
    }

    private async Task<string> CreateAsync(ConnectedEngine engine, ReplicaSpec spec, CancellationToken cancellationToken)
    {
        var parameters = ContainerSettings.For(spec, DockerNetworks.NameOf(spec.ProjectId), engine, options.PublishAddress);
        try
        {
            return await CreateAsync(engine, parameters, cancellationToken);
        }
        catch (DockerImageNotFoundException gone)
        {
            await FetchAgainAsync(spec.Image, gone, cancellationToken);
            return await CreateAsync(engine, parameters, cancellationToken);
        }
    }

    /// <summary>By its labels: its name may be that of the deployment before it was renamed.</summary>
    private static async Task<string?> FindExistingAsync(
        ConnectedEngine engine, ReplicaSpec spec, CancellationToken cancellationToken)
    {
        var found = await engine.Client.Containers.ListContainersAsync(
            new ContainersListParameters
            {
                All = true,
                Filters = ReplicaLabels.Filter(spec),
            },
            cancellationToken);
        return found.FirstOrDefault()?.ID;
    }

    /// <summary>The one that has the name already, where there is one.</summary>
    private static async Task<string> CreateAsync(
        ConnectedEngine engine, CreateContainerParameters parameters, CancellationToken cancellationToken)
    {
        try
        {
            return (await engine.Client.Containers.CreateContainerAsync(parameters, cancellationToken)).ID;
        }
        catch (DockerApiException refused) when (refused.StatusCode == HttpStatusCode.Conflict)
        {
            var present = await FindAsync(engine, parameters.Name!, cancellationToken);
            return present?.ID ?? throw new ProviderException(
                "PROVIDER_ERROR", "The replica's predecessor is still being removed.", hint: null, transient: true, refused);
        }
    }

    /// <summary>Somebody cleaned images up. One with a digest can be had again; an id says nothing to any registry.</summary>
    private async Task FetchAgainAsync(string image, DockerImageNotFoundException gone, CancellationToken cancellationToken)
    {
        if (image.StartsWith("sha256:", StringComparison.Ordinal))
            throw new ProviderException(
                "IMAGE_NOT_FOUND", "The image of this revision is no longer on the Docker Engine, and no registry has it.",
                "Redeploy to resolve the image again.", transient: false, gone);
        await images.ResolveAsync(ImageReference.Parse(image), PullPolicy.Missing, progress: null, cancellationToken);
    }

    private static async Task<ContainerInspectResponse?> FindAsync(
        ConnectedEngine engine, string idOrName, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.Client.Containers.InspectContainerAsync(idOrName, cancellationToken);
        }
        catch (DockerContainerNotFoundException)
        {
            return null;
        }
    }

    private static bool IsNetworkGone(DockerApiException refused)
    {
        var message = DockerErrors.MessageOf(refused);
        return DockerErrors.Has(message, "network") && DockerErrors.Has(message, "not found");
    }
}
