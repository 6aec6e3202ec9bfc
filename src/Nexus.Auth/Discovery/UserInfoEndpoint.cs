using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Nexus.Auth.Accounts;
using Nexus.Auth.Clients;
using Nexus.Auth.Http;
using Nexus.Auth.Sessions;
using Nexus.Core.Access;
using Nexus.Core.Organizations;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Discovery;

/// <summary>Who an access token is for (OpenID Connect Core §5.3), and what it may do.</summary>
internal static class UserInfoEndpoint
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    public static void Map(IEndpointRouteBuilder endpoints, AuthAddresses addresses)
    {
        var group = endpoints.MapGroup("").AddEndpointFilter((context, next) => OAuthErrors.AnswerAsync(context, next, addresses));
        group.MapMethods(AuthPaths.UserInfo, Methods, TellAsync);
        group.MapMethods(AuthPaths.UserInfoAlias, Methods, TellAsync);
    }

    private static async Task<IResult> TellAsync(
        HttpRequest request, IAccessTokens tokens, UserManager<Account> accounts, ClientDirectory clients, OrganizationDirectory organizations,
        CancellationToken cancellationToken)
    {
        // RFC 6750 §3.1: without any token there is no error to tell.
        if (BearerToken.Of(request) is not { } token)
            throw Refuse(request, "Bearer", "send an OAuth access token from /oauth/token as the bearer token");

        var verdict = await tokens.ValidateAsync(token, cancellationToken);
        if (verdict.Grant is { } grant &&
            await organizations.FindAsync(grant.UserId, grant.OrganizationId, cancellationToken) is { } membership)
        {
            if (await accounts.FindByIdAsync(grant.UserId.ToString()) is { } account)
                return Results.Json(UserInfo.Of(account, membership, grant));
            if (await clients.FindAsync(grant.ClientId, cancellationToken) is { ServiceAccountId: not null })
                return Results.Json(UserInfo.OfServiceAccount(membership, grant));
        }

        var problem = verdict.Problem ?? "the person no longer belongs to the organisation of this token";
        throw Refuse(request, $"Bearer error=\"{Errors.InvalidToken}\", error_description=\"{problem}\"", problem);
    }

    private static OAuthException Refuse(HttpRequest request, string challenge, string problem)
    {
        request.HttpContext.Response.Headers.WWWAuthenticate = challenge;
        return new(Errors.InvalidToken, problem, StatusCodes.Status401Unauthorized);
    }
}

/// <summary>The answer.</summary>
internal sealed record UserInfo(
    [property: JsonPropertyName("sub")] Guid Subject,
    [property: JsonPropertyName("email")] string? Email,
    [property: JsonPropertyName("email_verified")] bool EmailVerified,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("organization")] OrganizationData Organization,
    [property: JsonPropertyName("role"), JsonConverter(typeof(JsonStringEnumConverter<Role>))] Role Role,
    [property: JsonPropertyName("client_id")] string ClientId,
    [property: JsonPropertyName("scope")] string Scope)
{
    public static UserInfo Of(Account account, Membership membership, AccessGrant grant) => new(
        account.Id, account.Email, account.EmailConfirmed, account.Name,
        new(membership.OrganizationId, membership.OrganizationName), membership.Role,
        grant.ClientId, ScopesOf(grant));

    public static UserInfo OfServiceAccount(Membership membership, AccessGrant grant) => new(
        membership.UserId, membership.Email, false, membership.Name,
        new(membership.OrganizationId, membership.OrganizationName), membership.Role,
        grant.ClientId, ScopesOf(grant));

    private static string ScopesOf(AccessGrant grant) => string.Join(' ', grant.Scopes.Order(StringComparer.Ordinal));
}
