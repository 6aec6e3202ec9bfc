using Nexus.Auth.Tokens;
using OpenIddict.EntityFrameworkCore.Models;

namespace Nexus.Auth.Clients;

/// <summary>A registered client: OpenIddict's entity and what dynamic registration adds.</summary>
internal sealed class OAuthClient : OpenIddictEntityFrameworkCoreApplication<Guid, OAuthGrant, OAuthToken>
{
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it last got a token, to the day; null for a client that never did.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>SHA-256 of the registration access token (RFC 7592); null for the static client.</summary>
    public string? RegistrationTokenHash { get; set; }

    /// <summary>The metadata as registered, as JSON.</summary>
    public string Metadata { get; set; } = "{}";
}
