using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Nexus.Auth.Accounts;
using Nexus.Auth.Http;
using Nexus.Auth.TwoFactor;
using Nexus.Core.Access;
using Nexus.Core.Organizations;

namespace Nexus.Auth.Sessions;

/// <summary>First-party sign-in: a password for a JWT, for <c>/api</c> and the bridge.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("").AddEndpointFilter(AnswerAsync);
        group.MapPost(AuthPaths.Login, LoginAsync);
        group.MapGet(AuthPaths.Verify, VerifyAsync);
        group.MapPost(AuthPaths.Logout, LogoutAsync);
    }

    private static async Task<IResult> LoginAsync(
        HttpRequest request, AddressLimits limits, PasswordSignIn signIn, SecondFactor factor, FirstPartyTokens tokens, OrganizationDirectory organizations,
        CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, cancellationToken);
        if (body["email"]?.ToString() is not { Length: > 0 and <= 256 } email ||
            body["password"]?.ToString() is not { Length: > 0 and <= 1024 } password)
            return ApiEnvelope.Failure(StatusCodes.Status400BadRequest, "VALIDATION_FAILED", "Send email and password.");
        if (limits.SignIns.Refuses(request.HttpContext))
            return ApiEnvelope.Failure(
                StatusCodes.Status429TooManyRequests, "RATE_LIMITED", AddressLimits.TooManyAttempts);

        if (await signIn.TryAsync(email, password, cancellationToken) is not { } account)
            return ApiEnvelope.Failure(StatusCodes.Status401Unauthorized, "INVALID_CREDENTIALS", PasswordSignIn.Failure);

        if (account.TwoFactorEnabled && await ProblemOfCodeAsync(body["code"]?.ToString(), account, factor, cancellationToken) is { } problem)
            return problem;

        var token = await tokens.IssueAsync(account, cancellationToken);
        var membership = await organizations.FindAsync(account.Id, cancellationToken);
        return ApiEnvelope.Success(new LoginData(token.Token, token.ExpiresAt, UserData.Of(account, membership)));
    }

    private static async Task<IResult?> ProblemOfCodeAsync(
        string? code, Account account, SecondFactor factor, CancellationToken cancellationToken) => code switch
        {
            null or "" => ApiEnvelope.Failure(
                StatusCodes.Status401Unauthorized, "TWO_FACTOR_REQUIRED",
                "This account has two-factor authentication. Send the six digits of the authenticator app, or a recovery code, as code."),
            _ when await factor.TryAsync(account, code, cancellationToken) => null,
            _ => ApiEnvelope.Failure(StatusCodes.Status401Unauthorized, "INVALID_CODE", SecondFactor.Failure),
        };

    private static async Task<IResult> VerifyAsync(
        HttpRequest request, FirstPartyTokens tokens, OrganizationDirectory organizations, CancellationToken cancellationToken)
    {
        if (await IdentityOfAsync(request, tokens, cancellationToken) is not { } identity) return Unauthorized(request);
        var membership = await organizations.FindAsync(identity.Account.Id, cancellationToken);
        return ApiEnvelope.Success(new VerifyData(identity.ExpiresAt, UserData.Of(identity.Account, membership)));
    }

    private static async Task<IResult> LogoutAsync(
        HttpRequest request, FirstPartyTokens tokens, CancellationToken cancellationToken)
    {
        if (await IdentityOfAsync(request, tokens, cancellationToken) is not { } identity) return Unauthorized(request);
        await tokens.EndAsync(identity, cancellationToken);
        return ApiEnvelope.Success(new LogoutData(true));
    }

    private static async Task<FirstPartyIdentity?> IdentityOfAsync(
        HttpRequest request, FirstPartyTokens tokens, CancellationToken cancellationToken) =>
        BearerToken.Of(request) is { } token ? await tokens.FindAsync(token, cancellationToken) : null;

    private static IResult Unauthorized(HttpRequest request)
    {
        request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return ApiEnvelope.Failure(
            StatusCodes.Status401Unauthorized, "UNAUTHORIZED", FirstPartyRefusal.For(BearerToken.Of(request)));
    }

    private static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        try
        {
            return await next(context);
        }
        catch (OAuthException exception)
        {
            return ApiEnvelope.Failure(exception.Status, "INVALID_REQUEST", exception.Message);
        }
    }

    private sealed record LoginData(
        [property: JsonPropertyName("token")] string Token,
        [property: JsonPropertyName("expiresAt")] DateTimeOffset ExpiresAt,
        [property: JsonPropertyName("user")] UserData User);

    private sealed record VerifyData(
        [property: JsonPropertyName("expiresAt")] DateTimeOffset ExpiresAt,
        [property: JsonPropertyName("user")] UserData User);

    private sealed record LogoutData([property: JsonPropertyName("loggedOut")] bool LoggedOut);
}

/// <summary>A signed-in person, as the first-party API shows them.</summary>
internal sealed record UserData(
    [property: JsonPropertyName("id")] Guid Id,
    [property: JsonPropertyName("email")] string? Email,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("organization")] OrganizationData? Organization,
    [property: JsonPropertyName("role"), JsonConverter(typeof(JsonStringEnumConverter<Role>))] Role? Role)
{
    public static UserData Of(Account account, Membership? membership) => new(
        account.Id, account.Email, account.Name,
        membership is null ? null : new(membership.OrganizationId, membership.OrganizationName), membership?.Role);
}

/// <summary>An organisation, by id and name.</summary>
internal sealed record OrganizationData(
    [property: JsonPropertyName("id")] Guid Id, [property: JsonPropertyName("name")] string Name);
