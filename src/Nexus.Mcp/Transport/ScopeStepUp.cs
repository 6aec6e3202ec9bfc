using Microsoft.AspNetCore.Http;
using Nexus.Core.Access;
using Nexus.Mcp.Tools;

namespace Nexus.Mcp.Transport;

/// <summary>
/// Refuses a call that the token's scopes don't allow with HTTP 403 where the revision asks for that (2026-07-28, Authorization,
/// Scope Challenge Handling). It has to come before the SDK's handler: by the time a tool filter runs, the answer has begun.
/// </summary>
internal sealed class ScopeStepUp(ToolCatalog catalog, Challenges challenges)
{
    public Refusal? Check(HttpRequest request, IncomingMessage message, Actor actor)
    {
        if (message.ToolName is not { } name || !ProtocolEra.HasPerRequestMetadata(request)) return null;
        if (catalog.Find(name)?.Scope is not { } scope || actor.Scopes.Contains(scope)) return null;
        var missing = AccessErrors.MissingScope(scope);
        return new(StatusCodes.Status403Forbidden, Refusal.NotAccepted, missing.Message)
        {
            Id = message.Id,
            Hint = missing.Hint,
            Challenge = challenges.InsufficientScope(scope),
        };
    }
}
