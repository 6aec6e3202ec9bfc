using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http;
using Nexus.Core;

namespace Nexus.Mcp.Transport;

/// <summary>
/// Keeps web pages that don't belong here away, DNS rebinding included: MCP, Streamable HTTP, Security Warning.
/// </summary>
internal sealed class OriginGuard
{
    private readonly FrozenSet<string> _origins;
    private readonly FrozenSet<string> _hosts;
    private readonly bool _loopback;

    public OriginGuard(McpOptions options, ServerAddresses addresses)
    {
        Uri[] own = [new(addresses.Url), new(addresses.McpOrigin), new(addresses.Issuer)];
        _origins = own.Select(url => url.GetLeftPart(UriPartial.Authority)).Concat(options.AllowedOrigins)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _hosts = own.Select(url => url.Host).Concat(options.AllowedHosts)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _loopback = IsLoopback(new Uri(addresses.McpOrigin).Host);
    }

    /// <summary>Null for a request that may go on.</summary>
    public Refusal? Check(HttpRequest request)
    {
        if (!KnowsHost(request.Host.Host))
            return Refused($"The host {request.Host.Value} is not served here.", "Nexus:Mcp:AllowedHosts");
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || KnowsOrigin(origin)
            ? null
            : Refused($"Pages from the origin {origin} may not call this endpoint.", "Nexus:Mcp:AllowedOrigins");
    }

    private bool KnowsHost(string host) =>
        _hosts.Contains(host) || _hosts.Contains("*") || (_loopback && IsLoopback(host));

    private bool KnowsOrigin(string origin) =>
        _origins.Contains(origin) || _origins.Contains("*")
        || (_loopback && Uri.TryCreate(origin, UriKind.Absolute, out var url) && IsLoopback(url.Host));

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static Refusal Refused(string message, string setting) =>
        new(StatusCodes.Status403Forbidden, Refusal.NotAccepted, "Forbidden: " + message)
        {
            Hint = $"The operator can allow it with the setting {setting}.",
        };
}
