namespace Nexus.Core.Access;

/// <summary>
/// Judges OAuth access tokens for this server's resource: signature, issuer, audience, life and revocation.
/// The authorization server provides it; the MCP endpoint asks it.
/// </summary>
public interface IAccessTokens
{
    /// <summary>The grant behind the token, or why there is none.</summary>
    ValueTask<AccessTokenVerdict> ValidateAsync(string token, CancellationToken cancellationToken);
}

/// <summary>A grant, or a short public reason for the refusal, fit for <c>error_description</c>.</summary>
public sealed record AccessTokenVerdict(AccessGrant? Grant, string? Problem)
{
    public static AccessTokenVerdict Valid(AccessGrant grant) => new(grant, null);

    public static AccessTokenVerdict Invalid(string problem) => new(null, problem);
}

/// <summary>What a valid access token says.</summary>
public sealed record AccessGrant(
    Guid UserId,
    Guid OrganizationId,
    string ClientId,
    IReadOnlySet<string> Scopes,
    string TokenId,
    DateTimeOffset ExpiresAt);
