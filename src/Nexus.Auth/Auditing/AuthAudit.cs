using Microsoft.AspNetCore.Http;
using Nexus.Core.Audit;
using Nexus.Core.Organizations;

namespace Nexus.Auth.Auditing;

/// <summary>
/// Writes sign-ins, grants, tokens and clients into the audit: into the chain of the organisation that the person belongs to, or the
/// server's own. With the address that the request came from.
/// </summary>
internal sealed class AuthAudit(AuditLog log, OrganizationDirectory organizations, IHttpContextAccessor http)
{
    public async Task WriteAsync(AuthEvent happened, CancellationToken cancellationToken) =>
        await log.WriteAsync(await EntryAsync(happened, cancellationToken), cancellationToken);

    /// <summary>The entry, for what writes it in a transaction of its own.</summary>
    public async Task<AuditEntry> EntryAsync(AuthEvent happened, CancellationToken cancellationToken) =>
        new()
        {
            Operation = happened.Operation,
            Surface = Surface,
            OrganizationId = happened.OrganizationId ?? await OrganizationOfAsync(happened.AccountId, cancellationToken),
            UserId = happened.AccountId ?? Guid.Empty,
            ClientId = happened.ClientId ?? "",
            TokenId = happened.TokenId ?? "",
            Target = happened.Target,
            Outcome = happened.Refusal ?? AuditEntry.Ok,
            Arguments = new Dictionary<string, object?>(happened.Details)
            {
                ["address"] = http.HttpContext?.Connection.RemoteIpAddress?.ToString(),
            },
        };

    private string Surface => http.HttpContext?.Request.Path switch
    {
        null => "server",
        { } path when path.StartsWithSegments("/api") => "api",
        { } path when path.StartsWithSegments("/oauth") || path.StartsWithSegments(AuthPaths.Register) => "oauth",
        _ => "pages",
    };

    // Asked for nobody too, so that an unknown address takes as long to refuse as a known one.
    private async Task<Guid> OrganizationOfAsync(Guid? accountId, CancellationToken cancellationToken) =>
        (await organizations.FindAsync(accountId ?? Guid.Empty, cancellationToken))?.OrganizationId ?? AuditChain.Server;
}
