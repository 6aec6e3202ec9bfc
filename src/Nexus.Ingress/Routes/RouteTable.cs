using Nexus.Core.Routing;

namespace Nexus.Ingress.Routes;

/// <summary>All routes at one moment, by host. Never changed: a change is another table.</summary>
internal sealed class RouteTable
{
    public static readonly RouteTable Empty = new(0, []);

    private readonly Dictionary<AppHost, RouteEntry> _entries = [];

    /// <param name="version">The newest change that is in it.</param>
    /// <param name="entries">At most one for each host, but for removed ones.</param>
    public RouteTable(long version, IEnumerable<RouteEntry> entries)
    {
        Version = version;
        // A name that is free again may be another deployment's by now.
        Entries = [.. entries.Where(entry => entry.State != RouteState.Removed)];
        foreach (var entry in Entries)
            foreach (var host in entry.Hosts)
                _entries[host] = entry;
    }

    public long Version { get; }

    public IReadOnlyList<RouteEntry> Entries { get; }

    public RouteEntry? Find(AppHost host) => _entries.GetValueOrDefault(host);
}

/// <summary>A deployment's route, with its replicas ready to be dialled.</summary>
internal sealed record RouteEntry(
    Guid DeploymentId, string HostLabel, IReadOnlyList<string> Domains, RouteState State, IReadOnlyList<Upstream> Upstreams)
{
    public IEnumerable<AppHost> Hosts => Domains.Select(AppHost.Domain).Prepend(AppHost.Label(HostLabel));
}
