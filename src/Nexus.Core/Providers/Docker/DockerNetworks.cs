using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Nexus.Core.Providers.Docker;

/// <summary>A bridge network for each project: its replicas see each other, and no other project's.</summary>
internal sealed class DockerNetworks(DockerConnection connection, DockerOptions options)
{
    /// <summary>The engine's option for the name of a network's bridge, which the guard's rules go by.</summary>
    public const string BridgeName = "com.docker.network.bridge.name";

    /// <summary>What goes on now, by project.</summary>
    private readonly Dictionary<Guid, Task<string>> _ensuring = [];

    public static string NameOf(Guid projectId) => $"nexus-{projectId:N}";

    /// <summary>The bridge that the machine sees. The end of a version 7 id is chance; Linux allows 15 characters.</summary>
    public static string BridgeOf(Guid projectId, string prefix) => prefix + $"{projectId:N}"[^(15 - prefix.Length)..];

    /// <summary>The id of the project's network, made if there is none; by <see cref="NameOf"/> a container may name it before that.</summary>
    /// <remarks>
    /// All who want it at the same time wait for one look and one making, which goes on without those who give up.
    /// </remarks>
    public Task<string> EnsureAsync(Guid organizationId, Guid projectId, CancellationToken cancellationToken) =>
        Ensuring(organizationId, projectId).WaitAsync(cancellationToken);

    /// <summary>The same without waiting for it. Whoever needs it and finds that it failed tries again, and hears why.</summary>
    public void BeginEnsuring(Guid organizationId, Guid projectId) => _ = Ensuring(organizationId, projectId);

    /// <summary>Removes the project's network if no container, running or not, belongs to the project any more.</summary>
    public async Task CleanUpAsync(Guid projectId, CancellationToken cancellationToken)
    {
        // One that nobody waits for any more would come to be after this had looked.
        Task? ensuring;
        lock (_ensuring) ensuring = _ensuring.GetValueOrDefault(projectId);
        if (ensuring is not null) await ensuring.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await RemoveUnusedAsync(projectId, cancellationToken);
    }

    private Task<string> Ensuring(Guid organizationId, Guid projectId)
    {
        lock (_ensuring)
        {
            if (_ensuring.TryGetValue(projectId, out var ensuring)) return ensuring;
            return _ensuring[projectId] = Task.Run(() => EnsureOnceAsync(organizationId, projectId));
        }
    }

    private async Task<string> EnsureOnceAsync(Guid organizationId, Guid projectId)
    {
        try
        {
            return await FindOrMakeAsync(organizationId, projectId);
        }
        finally
        {
            lock (_ensuring) _ensuring.Remove(projectId);
        }
    }

    /// <remarks>
    /// The engine allows two networks of one name, so a race of two nodes may make two. All who raced then look again and agree on the oldest.
    /// </remarks>
    private Task<string> FindOrMakeAsync(Guid organizationId, Guid projectId) =>
        connection.CallAsync(
            async engine =>
            {
                if (await OldestAsync(engine, projectId, CancellationToken.None) is { } present) return present;
                var made = await CreateAsync(engine, Parameters(organizationId, projectId), CancellationToken.None);
                var oldest = await OldestAsync(engine, projectId, CancellationToken.None) ?? made;
                if (made is not null && made != oldest) await DeleteAsync(engine, made, CancellationToken.None);
                return oldest ?? throw new ProviderException(
                    "PROVIDER_ERROR", "The project's network vanished while it was made.", hint: null, transient: true);
            },
            CancellationToken.None);

    private Task RemoveUnusedAsync(Guid projectId, CancellationToken cancellationToken) =>
        connection.CallAsync(
            async engine =>
            {
                // A stopped container keeps its network by id without being listed at it, and could not start again.
                var containers = await engine.Client.Containers.ListContainersAsync(
                    new ContainersListParameters { All = true, Filters = ReplicaLabels.Filter(ReplicaLabels.Project, projectId) },
                    cancellationToken);
                if (containers.Count > 0) return;
                foreach (var network in await ListAsync(engine, projectId, cancellationToken))
                    await DeleteAsync(engine, network.ID, cancellationToken);
            },
            cancellationToken);

    private static async Task<string?> OldestAsync(ConnectedEngine engine, Guid projectId, CancellationToken cancellationToken) =>
        (await ListAsync(engine, projectId, cancellationToken))
            .OrderBy(network => network.Created).ThenBy(network => network.ID, StringComparer.Ordinal)
            .FirstOrDefault()?.ID;

    private static async Task<IList<NetworkResponse>> ListAsync(
        ConnectedEngine engine, Guid projectId, CancellationToken cancellationToken) =>
        await engine.Client.Networks.ListNetworksAsync(
            new NetworksListParameters { Filters = ReplicaLabels.Filter(ReplicaLabels.Project, projectId) }, cancellationToken);

    private NetworksCreateParameters Parameters(Guid organizationId, Guid projectId) => new()
    {
        Name = NameOf(projectId),
        Driver = "bridge",
        Options = new Dictionary<string, string> { [BridgeName] = BridgeOf(projectId, options.BridgePrefix) },
        Labels = new Dictionary<string, string>
        {
            [ReplicaLabels.Organization] = organizationId.ToString(),
            [ReplicaLabels.Project] = projectId.ToString(),
        },
    };

    /// <summary>Null where somebody was faster: the engine refuses a second network with one bridge (403), newer ones with one name (409).</summary>
    internal static async Task<string?> CreateAsync(
        ConnectedEngine engine, NetworksCreateParameters parameters, CancellationToken cancellationToken)
    {
        try
        {
            return (await engine.Client.Networks.CreateNetworkAsync(parameters, cancellationToken)).ID;
        }
        catch (DockerApiException refused) when (refused.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.Forbidden)
        {
            return null;
        }
        catch (DockerApiException refused) when (DockerErrors.Has(DockerErrors.MessageOf(refused), "non-overlapping"))
        {
            throw new ProviderException(
                "PROVIDER_NETWORKS_EXHAUSTED", "The Docker Engine has no address range left for another network.",
                "Use a project that has deployments already, or ask the operator to widen default-address-pools in the engine's daemon.json.",
                transient: false, refused);
        }
    }

    /// <summary>One that is gone, or that somebody has just joined (403 on old engines, 409 on new), is left.</summary>
    private static async Task DeleteAsync(ConnectedEngine engine, string network, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Client.Networks.DeleteNetworkAsync(network, cancellationToken);
        }
        catch (DockerApiException refused) when (refused.StatusCode is
            HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.Conflict)
        {
            return;
        }
    }
}
