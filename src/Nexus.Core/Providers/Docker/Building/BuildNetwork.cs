using Docker.DotNet.Models;

namespace Nexus.Core.Providers.Docker.Building;

/// <summary>
/// Where the steps of a build run when containers are kept from this machine: on a bridge whose name the guard's rules match, and
/// on which no step sees another, as all organisations' builds are there.
/// </summary>
internal sealed class BuildNetwork(DockerConnection connection, HostGuard guard, DockerOptions options)
{
    /// <summary>Of the network and its bridge. The bridge of no project is called so: theirs end in digits and letters up to f.</summary>
    private string Name => options.BridgePrefix + "build";

    /// <summary>The network's id; null where nothing is guarded and builds are on the engine's own bridge.</summary>
    /// <exception cref="ProviderException">It can't be guarded.</exception>
    public async Task<string?> EnsureAsync(CancellationToken cancellationToken)
    {
        if (!options.GuardHost) return null;
        await guard.EnsureAsync(cancellationToken);
        return await connection.CallAsync(
            async engine => await FindAsync(engine, cancellationToken)
                ?? await DockerNetworks.CreateAsync(engine, Parameters(), cancellationToken)
                ?? await FindAsync(engine, cancellationToken) // Another server was faster.
                ?? throw NotOurs(),
            cancellationToken);
    }

    private async Task<string?> FindAsync(ConnectedEngine engine, CancellationToken cancellationToken)
    {
        var filter = new Dictionary<string, IDictionary<string, bool>> { ["name"] = new Dictionary<string, bool> { [Name] = true } };
        var networks = await engine.Client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = filter }, cancellationToken);
        var named = networks.Where(network => network.Name == Name).ToList();
        return named.TrueForAll(IsOurs) ? named.FirstOrDefault()?.ID : throw NotOurs();
    }

    /// <summary>One of the same name on another bridge would be met by no rule.</summary>
    private bool IsOurs(NetworkResponse network) =>
        network.Options is { } set && set.TryGetValue(DockerNetworks.BridgeName, out var bridge) && bridge == Name;

    private ProviderException NotOurs() => new(
        "HOST_GUARD_FAILED", $"The engine has a network or bridge {Name} that is not as builds need it.",
        $"Ask the operator to remove it: docker network rm {Name}", transient: false);

    private NetworksCreateParameters Parameters() => new()
    {
        Name = Name,
        Driver = "bridge",
        Options = new Dictionary<string, string> { [DockerNetworks.BridgeName] = Name, ["com.docker.network.bridge.enable_icc"] = "false" },
    };
}
