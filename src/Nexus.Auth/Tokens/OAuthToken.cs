using Nexus.Auth.Clients;
using OpenIddict.EntityFrameworkCore.Models;

namespace Nexus.Auth.Tokens;

/// <summary>The record of an issued code or token. Opaque ones are kept as hashes.</summary>
internal sealed class OAuthToken : OpenIddictEntityFrameworkCoreToken<Guid, OAuthClient, OAuthGrant>
{
    /// <summary>When a device may next ask whether its person has answered (RFC 8628 §3.5); null for all but device codes.</summary>
    public DateTimeOffset? PollAfter { get; set; }
}
