using Nexus.Auth.Tokens;
using OpenIddict.EntityFrameworkCore.Models;

namespace Nexus.Auth.Clients;

/// <summary>A registered client: OpenIddict's entity and what dynamic registration adds.</summary>
internal sealed class OAuthClient : OpenIddictEntityFrameworkCoreApplication<Guid, OAuthGrant, OAuthToken>
{
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it last got a token, to the day; null for a client that never did.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>SHA-256 of the registration access token (RFC 7592); null for clients that didn't register themselves.</summary>
    public string? RegistrationTokenHash { get; set; }

    /// <summary>The metadata as registered, as JSON.</summary>
    public string Metadata { get; set; } = "{}";

    /// <summary>The member of <see cref="OrganizationId"/> that the client acts as; null for clients that act for people.</summary>
    public Guid? ServiceAccountId { get; set; }

    /// <summary>The organisation that the client belongs to; null for clients that anybody can use.</summary>
    public Guid? OrganizationId { get; set; }

    /// <summary>Until when its metadata document counts without being fetched anew; null for clients without such a document.</summary>
    public DateTimeOffset? DocumentFreshUntil { get; set; }
}
