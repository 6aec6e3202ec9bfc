using Nexus.Core.Routing;

namespace Nexus.Ingress.Routes;

/// <summary>All routes at one moment, by host label. Never changed: a change is another table.</summary>
internal sealed class RouteTable
{
    public static readonly RouteTable Empty = new(0, []);

    private readonly Dictionary<string, RouteEntry> _entries;

    /// <param name="version">The newest change that is in it.</param>
    /// <param name="entries">At most one for each label, but for removed ones.</param>
    public RouteTable(long version, IEnumerable<RouteEntry> entries)
    {
        Version = version;
        _entries = new(StringComparer.OrdinalIgnoreCase);
        // A name that is free again may be another deployment's by now.
        foreach (var entry in entries.Where(entry => entry.State != RouteState.Removed)) _entries[entry.HostLabel] = entry;
    }

    public long Version { get; }

    public IEnumerable<RouteEntry> Entries => _entries.Values;

    public RouteEntry? Find(string hostLabel) => _entries.GetValueOrDefault(hostLabel);
}

/// <summary>A deployment's route, with its replicas ready to be dialled.</summary>
internal sealed record RouteEntry(Guid DeploymentId, string HostLabel, RouteState State, IReadOnlyList<Upstream> Upstreams);
