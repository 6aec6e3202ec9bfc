using Microsoft.AspNetCore.Http;
using Nexus.Core;
using Nexus.Ingress.Routes;

namespace Nexus.Ingress.Forwarding;

/// <summary>Tells from the Host header whether a request is for an application, and for which.</summary>
internal sealed class AppHosts(ServerAddresses addresses, LiveRoutes routes)
{
    private readonly string _suffix = "." + addresses.AppsDomain.TrimEnd('.');
    private readonly HashSet<string> _own = new(addresses.OwnHosts, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What stands before the apps domain, or a custom domain; null where the host is the server's own or somebody else's. Case,
    /// port and the dot that may end a host name don't matter.
    /// </summary>
    public AppHost? Find(HostString host)
    {
        var name = host.Host;
        if (name.EndsWith('.')) name = name[..^1];
        if (_own.Contains(name)) return null;
        if (name.Length > _suffix.Length && name.EndsWith(_suffix, StringComparison.OrdinalIgnoreCase))
            return AppHost.Label(name[..^_suffix.Length]);
        var domain = AppHost.Domain(name);
        return routes.Knows(domain) ? domain : null;
    }
}
