using System.Security.Claims;
using Nexus.Auth.Authorization;
using Nexus.Auth.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Auditing;

/// <summary>Has each answer of the token endpoint written into the audit, together with the tokens in it.</summary>
internal sealed class AuditIssuedTokens(AuthAudit audit, Issuance issuance) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseScopedHandler<AuditIssuedTokens>()
            .SetOrder(StoreIssued.Descriptor.Order - 100)
            .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType is not OpenIddictServerEndpointType.Token || context.AccessTokenPrincipal is not { } principal) return;

        issuance.Audited.Add(await audit.EntryAsync(
            new(AuthEvent.IssueTokens)
            {
                AccountId = IdOf(principal, Claims.Subject),
                OrganizationId = IdOf(principal, GrantClaims.Organization),
                ClientId = context.ClientId,
                TokenId = principal.GetTokenId(),
                Target = principal.GetAuthorizationId(),
                Details = new Dictionary<string, object?> { ["grantType"] = context.Request.GrantType, ["scopes"] = principal.GetScopes() },
            },
            context.CancellationToken));
    }

    private static Guid? IdOf(ClaimsPrincipal principal, string claim) =>
        Guid.TryParse(principal.FindFirstValue(claim), out var id) ? id : null;
}
