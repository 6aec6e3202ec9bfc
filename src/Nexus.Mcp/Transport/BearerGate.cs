using Microsoft.AspNetCore.Http;
using Nexus.Core.Access;

namespace Nexus.Mcp.Transport;

/// <summary>From the request's bearer token to the actor behind it, as the person's rights are now.</summary>
internal sealed class BearerGate(IAccessTokens tokens, ActorResolver actors, Challenges challenges)
{
    private const string Scheme = "Bearer ";

    /// <summary>An actor, or the 401 that says how to become one.</summary>
    /// <param name="request">With the token.</param>
    /// <param name="surface">What is asked through, for the audit.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async ValueTask<(Actor? Actor, Refusal? Refusal)> AuthenticateAsync(
        HttpRequest request, string surface, CancellationToken cancellationToken)
    {
        if (TokenOf(request) is not { } token) return (null, Unauthorized("No access token was sent"));
        var verdict = await tokens.ValidateAsync(token, cancellationToken);
        if (verdict.Grant is not { } grant)
            return (null, Unauthorized(verdict.Problem ?? "The access token is not valid"));
        return await actors.ResolveAsync(grant, surface, cancellationToken) is { } actor
            ? (actor, null)
            : (null, Unauthorized("The person no longer belongs to the organisation that the token was issued for"));
    }

    // RFC 6750 §2.1: in the header only; a token in the query or the body is not looked for.
    private static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } value) return null;
        if (!value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var token = value[Scheme.Length..].Trim();
        return token.Length == 0 ? null : token;
    }

    private Refusal Unauthorized(string problem) =>
        new(StatusCodes.Status401Unauthorized, Refusal.Unauthorized,
            "Unauthorized: Missing or invalid OAuth access token.")
        {
            Challenge = challenges.InvalidToken(problem),
        };
}
