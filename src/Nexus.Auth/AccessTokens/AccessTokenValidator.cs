using System.Collections.Frozen;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Authorization;
using Nexus.Auth.Keys;
using Nexus.Core.Access;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.AccessTokens;

/// <summary>Judges an access token by itself (RFC 9068 §4): signature, algorithm, type, issuer, audience and life.</summary>
internal sealed class AccessTokenValidator(SigningKeyRing keys, AuthAddresses addresses, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    public async ValueTask<AccessTokenVerdict> ValidateAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, Parameters());
        return result.IsValid
            ? Read((JsonWebToken)result.SecurityToken)
            : AccessTokenVerdict.Invalid(Problem(token, result.Exception));
    }

    private TokenValidationParameters Parameters() => new()
    {
        ValidAlgorithms = keys.Algorithms,
        ValidTypes = ["at+jwt"],
        ValidIssuer = addresses.Issuer,
        ValidAudience = addresses.Resource,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        IssuerSigningKeys = keys.Keys,
        TryAllIssuerSigningKeys = false,
        LifetimeValidator = IsAlive,
    };

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return (notBefore is null || notBefore <= now) && expires > now;
    }

    private static AccessTokenVerdict Read(JsonWebToken token)
    {
        if (Guid.TryParse(token.Subject, out var user) &&
            token.TryGetPayloadValue<string>(GrantClaims.Organization, out var org) && Guid.TryParse(org, out var organization) &&
            token.TryGetPayloadValue<string>(Claims.ClientId, out var client) &&
            Guid.TryParse(token.Id, out _))
        {
            token.TryGetPayloadValue<string>(Claims.Scope, out var scope);
            var scopes = (scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
            return AccessTokenVerdict.Valid(new(user, organization, client, scopes, token.Id, token.ValidTo));
        }

        return AccessTokenVerdict.Invalid("the access token lacks a claim");
    }

    private static string Problem(string token, Exception exception) =>
        BearerKinds.Of(token) switch
        {
            BearerKind.FirstParty => "this is a first-party JWT; use an OAuth access token from /oauth/token",
            BearerKind.AutomationToken => "this is an nxk_ access token; use an OAuth access token from /oauth/token",
            _ => exception switch
            {
                SecurityTokenInvalidLifetimeException => "the access token is expired or not yet valid",
                SecurityTokenInvalidAudienceException => "the access token is for another resource",
                SecurityTokenInvalidIssuerException => "the access token is from another issuer",
                SecurityTokenInvalidTypeException => "this is not an access token",
                _ => "the access token is malformed or its signature is wrong",
            },
        };
}
