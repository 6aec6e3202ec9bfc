using System.Globalization;
using System.Security.Claims;
using Nexus.Auth.Authorization;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>Who gets refresh tokens — every client registered for them, with or without <c>offline_access</c> — and for how long at most.</summary>
internal sealed class RefreshTokenPolicy(IOpenIddictApplicationManager clients)
    : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseScopedHandler<RefreshTokenPolicy>()
            .SetOrder(OpenIddictServerHandlers.EvaluateGeneratedTokens.Descriptor.Order + 500)
            .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType is not OpenIddictServerEndpointType.Token) return;

        var client = await clients.FindByClientIdAsync(context.ClientId!, context.CancellationToken);
        var registered = client is not null && !context.Request.IsClientCredentialsGrantType() && await clients.HasPermissionAsync(
            client, Permissions.GrantTypes.RefreshToken, context.CancellationToken);
        context.GenerateRefreshToken = context.IncludeRefreshToken = registered;
    }
}

/// <summary>Ends a family of refresh tokens a fixed time after its authorization, however often it was refreshed.</summary>
internal sealed class RefreshTokenFamilyLifetime(AuthOptions options) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .AddFilter<OpenIddictServerHandlerFilters.RequireRefreshTokenGenerated>()
            .UseSingletonHandler<RefreshTokenFamilyLifetime>()
            .SetOrder(OpenIddictServerHandlers.PrepareRefreshTokenPrincipal.Descriptor.Order + 500)
            .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        var principal = context.RefreshTokenPrincipal!;
        var seconds = principal.FindFirstValue(GrantClaims.AuthorizedAt)!;
        var end = DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture)) +
            options.Lifetimes.RefreshTokenFamily;
        if (principal.GetExpirationDate() > end) principal.SetExpirationDate(end);
        return ValueTask.CompletedTask;
    }
}
