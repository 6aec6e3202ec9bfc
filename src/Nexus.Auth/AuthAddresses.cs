using Nexus.Core;

namespace Nexus.Auth;

/// <summary>The authorization server's public addresses: the issuer as it was written, and URLs on the issuer's origin.</summary>
internal sealed class AuthAddresses(ServerAddresses addresses)
{
    /// <summary>Byte for byte as configured; clients compare it so (RFC 8414 §3.3).</summary>
    public string Issuer { get; } = addresses.Issuer;

    /// <summary>The resource that access tokens are for (RFC 8707).</summary>
    public string Resource { get; } = addresses.McpResource;

    /// <summary>The audience of first-party JWTs.</summary>
    public string FirstPartyAudience { get; } = new Uri(addresses.Issuer).GetLeftPart(UriPartial.Authority) + "/api";

    public Uri Origin { get; } = new(new Uri(addresses.Issuer).GetLeftPart(UriPartial.Authority));

    /// <summary>What the issuer has behind its origin: empty, or e.g. <c>/tenant</c>.</summary>
    public string IssuerPath { get; } = new Uri(addresses.Issuer).AbsolutePath.TrimEnd('/');

    public bool IsHttps => Origin.Scheme == Uri.UriSchemeHttps;

    public string UrlOf(string path) => Origin.GetLeftPart(UriPartial.Authority) + path;
}
