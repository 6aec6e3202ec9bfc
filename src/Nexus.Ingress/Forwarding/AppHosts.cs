using Microsoft.AspNetCore.Http;
using Nexus.Core;

namespace Nexus.Ingress.Forwarding;

/// <summary>Tells from the Host header whether a request is for an application, and for which.</summary>
internal sealed class AppHosts(ServerAddresses addresses)
{
    private readonly string _suffix = "." + addresses.AppsDomain.TrimEnd('.');
    private readonly HashSet<string> _own = new(addresses.OwnHosts, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What stands before the apps domain; null where the host is the server's own or somebody else's. Case, port and the dot
    /// that may end a host name don't matter.
    /// </summary>
    public string? LabelOf(HostString host)
    {
        var name = host.Host;
        if (name.EndsWith('.')) name = name[..^1];
        var isApp = name.Length > _suffix.Length && name.EndsWith(_suffix, StringComparison.OrdinalIgnoreCase) && !_own.Contains(name);
        return isApp ? name[..^_suffix.Length] : null;
    }
}
