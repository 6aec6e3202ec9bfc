namespace Nexus.Core;

/// <summary>
/// The server's public addresses, exactly as configured. Nothing that leaves the server is derived from a request's Host header.
/// </summary>
/// <param name="Url">The public origin, e.g. <c>http://localhost:8080</c>, without a trailing slash.</param>
/// <param name="McpOrigin">The origin of the MCP endpoint (<c>MCP_ORIGIN</c>), without a trailing slash.</param>
/// <param name="Issuer">The authorization server's issuer (<c>OAUTH_ISSUER</c>), byte for byte as written.</param>
/// <param name="AppsDomain">Deployments answer at <c>LABEL.AppsDomain</c>, e.g. <c>localhost</c>.</param>
public sealed record ServerAddresses(string Url, string McpOrigin, string Issuer, string AppsDomain)
{
    /// <summary>The resource that access tokens are for (RFC 8707): the MCP endpoint's URL.</summary>
    public string McpResource => McpOrigin + "/mcp";

    /// <summary>Whether the host name that this label would give is one of the server's own.</summary>
    public bool Owns(string hostLabel) =>
        OwnHosts.Contains(AppHost(hostLabel), StringComparer.OrdinalIgnoreCase);

    /// <summary>The host names, without ports, that the server itself answers at.</summary>
    public IReadOnlyList<string> OwnHosts =>
        [.. new[] { Url, McpOrigin, Issuer }.Select(address => new Uri(address).Host).Distinct()];

    /// <summary>Where a deployment with this label answers: on the server's own scheme and port.</summary>
    public string AppUrl(string hostLabel)
    {
        var url = new Uri(Url);
        var port = url.IsDefaultPort ? "" : $":{url.Port}";
        return $"{url.Scheme}://{AppHost(hostLabel)}{port}";
    }

    /// <summary>The host name of a deployment with this label.</summary>
    public string AppHost(string hostLabel) => $"{hostLabel}.{AppsDomain}";
}
