using System.Globalization;
using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using Nexus.Core.AttachedDatabases;

namespace Nexus.Core.Providers.Docker;

/// <summary>Databases beside deployments: containers in the project's network, which only their own deployment's replicas can name.</summary>
internal sealed class DockerDatabases(DockerConnection connection, DockerNetworks networks, DockerLogs logs) : IAttachedDatabaseHost
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public Task<IReadOnlyList<RunningDatabase>> ListAsync(Guid deploymentId, CancellationToken cancellationToken) =>
        connection.CallAsync<IReadOnlyList<RunningDatabase>>(
            async engine =>
            {
                var found = new List<RunningDatabase>();
                foreach (var container in await FindAllAsync(engine, deploymentId, cancellationToken))
                    if (await ReadAsync(engine, container, cancellationToken) is { } database) found.Add(database);
                return found;
            },
            cancellationToken);

    public async Task StartAsync(AttachedDatabaseSpec spec, CancellationToken cancellationToken)
    {
        var network = await networks.EnsureAsync(spec.OrganizationId, spec.ProjectId, cancellationToken);
        await connection.CallAsync(
            async engine =>
            {
                var parameters = DatabaseContainers.For(spec, network, engine);
                await EnsureCreatedAsync(engine, parameters, cancellationToken);
                try
                {
                    await engine.Client.Containers.StartContainerAsync(parameters.Name!, new ContainerStartParameters(), cancellationToken);
                }
                catch (DockerApiException refused)
                {
                    throw StartErrors.From(refused);
                }
            },
            cancellationToken);
    }

    public Task StopAsync(Guid deploymentId, CancellationToken cancellationToken) =>
        ForEachAsync(
            deploymentId,
            (engine, container) => engine.Client.Containers.StopContainerAsync(
                container.ID, new ContainerStopParameters { WaitBeforeKillSeconds = (uint)Grace.TotalSeconds }, cancellationToken),
            cancellationToken);

    public async Task RemoveAsync(Guid deploymentId, CancellationToken cancellationToken)
    {
        await ForEachAsync(
            deploymentId,
            (engine, container) => engine.Client.Containers.RemoveContainerAsync(
                container.ID, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, cancellationToken),
            cancellationToken);
        await connection.CallAsync(
            async engine =>
            {
                var volumes = await engine.Client.Volumes.ListAsync(
                    new VolumesListParameters { Filters = ReplicaLabels.Filter(ReplicaLabels.Deployment, deploymentId) }, cancellationToken);
                foreach (var volume in volumes.Volumes ?? [])
                    await engine.Client.Volumes.RemoveAsync(volume.Name, force: true, cancellationToken);
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<LogLine>> ReadLogsAsync(
        Guid deploymentId, AttachedDatabaseKind kind, LogRange range, CancellationToken cancellationToken) =>
        logs.ReadAsync(DatabaseContainers.NameOf(deploymentId, kind), range, cancellationToken);

    private static async Task EnsureCreatedAsync(
        ConnectedEngine engine, CreateContainerParameters parameters, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Client.Containers.CreateContainerAsync(parameters, cancellationToken);
        }
        catch (DockerApiException refused) when (refused.StatusCode == HttpStatusCode.Conflict)
        {
            return; // It is there already, stopped perhaps.
        }
    }

    private Task ForEachAsync(
        Guid deploymentId, Func<ConnectedEngine, ContainerListResponse, Task> act, CancellationToken cancellationToken) =>
        connection.CallAsync(
            async engine =>
            {
                foreach (var container in await FindAllAsync(engine, deploymentId, cancellationToken))
                {
                    try
                    {
                        await act(engine, container);
                    }
                    catch (DockerContainerNotFoundException)
                    {
                        continue; // Gone meanwhile, as it should be.
                    }
                }
            },
            cancellationToken);

    private static async Task<IEnumerable<ContainerListResponse>> FindAllAsync(
        ConnectedEngine engine, Guid deploymentId, CancellationToken cancellationToken)
    {
        var containers = await engine.Client.Containers.ListContainersAsync(
            new ContainersListParameters { All = true, Filters = ReplicaLabels.Filter(ReplicaLabels.Deployment, deploymentId) },
            cancellationToken);
        return containers.Where(container => container.Labels.ContainsKey(DatabaseContainers.Label));
    }

    private static async Task<RunningDatabase?> ReadAsync(
        ConnectedEngine engine, ContainerListResponse container, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<AttachedDatabaseKind>(container.Labels[DatabaseContainers.Label], ignoreCase: true, out var kind)) return null;
        try
        {
            var state = (await engine.Client.Containers.InspectContainerAsync(container.ID, cancellationToken)).State;
            var life = state is not { Running: true } ? DatabaseState.Stopped
                : state.Health?.Status == "healthy" ? DatabaseState.Ready
                : DatabaseState.Starting;
            return new(kind, life, TimeOf(state?.StartedAt));
        }
        catch (DockerContainerNotFoundException)
        {
            return null;
        }
    }

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
