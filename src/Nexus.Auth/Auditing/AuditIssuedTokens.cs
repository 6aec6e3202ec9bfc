using System.Security.Claims;
using Nexus.Auth.Authorization;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Auditing;

/// <summary>Writes each answer of the token endpoint into the audit, before it leaves.</summary>
internal sealed class AuditIssuedTokens(AuthAudit audit) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseScopedHandler<AuditIssuedTokens>()
            .SetOrder(OpenIddictServerHandlers.GenerateIdentityToken.Descriptor.Order + 500)
            .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType is not OpenIddictServerEndpointType.Token || context.AccessTokenPrincipal is not { } principal) return;

        await audit.WriteAsync(
            new(AuthEvent.IssueTokens)
            {
                AccountId = IdOf(principal, Claims.Subject),
                OrganizationId = IdOf(principal, GrantClaims.Organization),
                ClientId = context.ClientId,
                TokenId = principal.GetTokenId(),
                Target = principal.GetAuthorizationId(),
                Details = new Dictionary<string, object?> { ["grantType"] = context.Request.GrantType, ["scopes"] = principal.GetScopes() },
            },
            context.CancellationToken);
    }

    private static Guid? IdOf(ClaimsPrincipal principal, string claim) =>
        Guid.TryParse(principal.FindFirstValue(claim), out var id) ? id : null;
}
