using Nexus.Auth.Devices;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Tokens;

/// <summary>
/// Refuses codes and tokens whose record says that they are dead. A code or refresh token that is used again betrays a leak:
/// everything that came of its authorization ends (RFC 9700 §2.1.1, §4.14.2), even when the replay comes after its expiry.
/// </summary>
internal sealed class JudgeTokenEntry(
    IOpenIddictTokenManager tokens, RefreshTokenChain chain, TokenFamilies families, DevicePolling polling, AuthOptions options,
    TimeProvider time)
    : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .AddFilter<OpenIddictServerHandlerFilters.RequireTokenIdResolved>()
            .UseScopedHandler<JudgeTokenEntry>()
            .SetOrder(OpenIddictServerHandlers.Protection.ValidatePrincipal.Descriptor.Order + 500)
            .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (await tokens.FindByIdAsync(context.TokenId!, context.CancellationToken) is not OAuthToken token)
        {
            context.Reject(Errors.InvalidToken, "the token is not known");
            return;
        }

        if (token.Status is Statuses.Valid || await MayBeSentAgainAsync(token, context)) return;
        if (token.Status is Statuses.Inactive or Statuses.Rejected)
        {
            await RejectUnansweredAsync(token, context);
            return;
        }

        if (token.Status is Statuses.Redeemed && context.EndpointType is OpenIddictServerEndpointType.Token)
            await EndFamilyAsync(token, context);
        context.Reject(Errors.InvalidToken, Reason(token));
    }

    // RFC 8628 §3.5: a device's code is inactive until its person allows, and rejected when they deny.
    private async Task RejectUnansweredAsync(OAuthToken token, ValidateTokenContext context)
    {
        if (context.Principal!.GetExpirationDate() <= time.GetUtcNow())
            context.Reject(Errors.ExpiredToken, "the device's code has expired; start again with a new one");
        else if (token.Status is Statuses.Rejected)
            context.Reject(Errors.AccessDenied, "the person denied the request");
        else if (await polling.MayAskAsync(token.Id, context.CancellationToken))
            context.Reject(Errors.AuthorizationPending, "the person has not answered yet; ask again after the interval");
        else
            context.Reject(Errors.SlowDown, "the interval between two questions was not kept; wait 5 seconds longer from now on");
    }

    private async ValueTask<bool> MayBeSentAgainAsync(OAuthToken token, ValidateTokenContext context)
    {
        if (token is not { Status: Statuses.Redeemed, Type: TokenTypeIdentifiers.RefreshToken }) return false;
        if (context.EndpointType is OpenIddictServerEndpointType.Revocation) return true;
        if (context.Transaction.Request?.RefreshToken is not { } sent) return false;

        var redeemedAt = DateTime.SpecifyKind(token.RedemptionDate ?? DateTime.MinValue, DateTimeKind.Utc);
        if (time.GetUtcNow() >= redeemedAt + options.Lifetimes.LostAnswer) return false;
        return await chain.FindSuccessorAsync(sent, context.CancellationToken) is null or { Status: Statuses.Valid };
    }

    private async Task EndFamilyAsync(OAuthToken token, ValidateTokenContext context)
    {
        if (Guid.TryParse(context.AuthorizationId, out var grant))
            await families.RevokeAsync(grant, $"the token {token.Id} was used again", context.CancellationToken);
    }

    private static string Reason(OAuthToken token) => token switch
    {
        { Status: Statuses.Redeemed, Type: TokenTypeIdentifiers.Private.AuthorizationCode } =>
            "the authorization code was already used; every token that it gave is revoked",
        { Status: Statuses.Redeemed, Type: TokenTypeIdentifiers.Private.DeviceCode or TokenTypeIdentifiers.Private.UserCode } =>
            "the code was already used",
        { Status: Statuses.Redeemed } => "the refresh token was already used; every token of its authorization is revoked",
        { Type: TokenTypeIdentifiers.Private.AuthorizationCode } => "the authorization code is revoked; authorize again",
        { Type: TokenTypeIdentifiers.RefreshToken } => "the refresh token is revoked; authorize again",
        _ => "the token is revoked",
    };
}
