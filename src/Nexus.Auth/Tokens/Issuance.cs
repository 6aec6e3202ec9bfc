using Nexus.Core.Audit;

namespace Nexus.Auth.Tokens;

/// <summary>What one request issues and uses up: kept until all of it is known, and then stored at once, or none of it.</summary>
internal sealed class Issuance
{
    /// <summary>A new authorization; null where there is one already, and where there is no person.</summary>
    public OAuthGrant? Grant { get; set; }

    public List<IssuedToken> Tokens { get; } = [];

    /// <summary>The authorization code that it is all for. Whoever uses it up first gets something for it.</summary>
    public Guid? UsedCode { get; set; }

    /// <summary>The refresh token that it is all for.</summary>
    public Guid? UsedRefreshToken { get; set; }

    public List<AuditEntry> Audited { get; } = [];
}

/// <summary>A new record, of the client and the grant that are named.</summary>
internal sealed record IssuedToken(OAuthToken Record, Guid? ClientId, Guid? GrantId);
