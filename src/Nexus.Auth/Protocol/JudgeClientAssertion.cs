using Microsoft.IdentityModel.JsonWebTokens;
using Nexus.Auth.Clients;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Protocol;

/// <summary>What a client assertion must say besides being signed (RFC 7523 §3, OpenID Connect Core §9), each good for one request.</summary>
internal sealed class JudgeClientAssertion(AuthAddresses addresses, UsedAssertions used, TimeProvider time)
    : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    private const int LongestId = 200;
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
            .AddFilter<OpenIddictServerHandlerFilters.RequireClientAssertionPrincipal>()
            .UseScopedHandler<JudgeClientAssertion>()
            .SetOrder(OpenIddictServerHandlers.ValidateClientAssertion.Descriptor.Order + 500)
            .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        var assertion = new JsonWebToken(context.ClientAssertion); // Its signature is checked.
        var problem = ProblemOf(assertion, context.ClientId);
        if (problem is null &&
            !await used.TryUseAsync(assertion.Issuer, assertion.Id, assertion.ValidTo + ClockSkew, context.CancellationToken))
            problem = "was already used; make a new one, with its own jti, for each request";
        if (problem is not null) context.Reject(Errors.InvalidClient, $"client_assertion {problem}");
    }

    private string? ProblemOf(JsonWebToken assertion, string? clientId)
    {
        if (assertion.Issuer != assertion.Subject) return "must have the client_id as both iss and sub";
        if (!string.IsNullOrEmpty(clientId) && clientId != assertion.Issuer) return "is another client's than client_id";
        if (!assertion.Audiences.Any() || !assertion.Audiences.All(IsOurs))
            return $"must have the issuer {addresses.Issuer} as its aud, and nobody else";
        if (assertion.Id is not { Length: > 0 and <= LongestId }) return $"must have a jti of at most {LongestId} characters";
        return ProblemOfLife(assertion);
    }

    private string? ProblemOfLife(JsonWebToken assertion)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (!assertion.TryGetPayloadValue<long>(Claims.ExpiresAt, out _)) return "must have an exp";
        if (assertion.ValidTo <= now - ClockSkew) return "is expired";
        if (assertion.ValidTo > now + LongestLife) return $"must expire within {LongestLife.TotalMinutes} minutes";
        return assertion.ValidFrom > now + ClockSkew ? "is not yet valid" : null;
    }

    // RFC 7523 §3 lets an assertion name the token endpoint instead of the issuer.
    private bool IsOurs(string audience) =>
        audience == addresses.Issuer || audience == addresses.Issuer + "/" ||
        audience == addresses.UrlOf(AuthPaths.Token) || audience == addresses.UrlOf(AuthPaths.TokenAlias);
}
