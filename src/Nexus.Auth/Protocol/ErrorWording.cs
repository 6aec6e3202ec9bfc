using System.Collections.Frozen;
using Nexus.Auth.Http;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictResources;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Protocol;

/// <summary>Puts OpenIddict's refusals into words that say what to do, and points <c>error_uri</c> at our own explanations.</summary>
internal sealed class ErrorWording<TContext>(AuthAddresses addresses) : IOpenIddictServerHandler<TContext>
    where TContext : BaseRequestContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<TContext>()
            .UseSingletonHandler<ErrorWording<TContext>>()
            .SetOrder(int.MinValue + 200_000)
            .Build();

    public ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.Response is not { Error: { Length: > 0 } error } response) return ValueTask.CompletedTask;

        if (response.ErrorDescription is { } description && Words.Ours.TryGetValue(description, out var words))
            response.ErrorDescription = words;
        response.ErrorUri = ErrorPage.UrlOf(error, addresses);
        return ValueTask.CompletedTask;
    }
}

/// <summary>OpenIddict's sentence, and ours.</summary>
file static class Words
{
    private const string GrantNotRegistered =
        "this client is not registered for this grant_type; client_credentials is for clients that an Admin made for a service account";

    public static readonly FrozenDictionary<string, string> Ours = new Dictionary<string, string>
    {
        [FormatID2053("client_secret")] =
            "client secret was sent but this client is registered with token_endpoint_auth_method=none",
        [GetResourceString("ID2198")] =
            "this client has to prove who it is as registered: with its secret as client_secret or by HTTP Basic, or with a client_assertion",
        [GetResourceString("ID2055")] = "the client secret is wrong, or the Authorization header is broken",
        [FormatID2052("client_id")] = "client_id is not registered here; register the client again",
        [FormatID2043("redirect_uri")] = "redirect_uri is not one of this client's registered redirect_uris",
        [FormatID2072("redirect_uri")] = "redirect_uri is not the one that this code was issued for",
        [FormatID2052("code_verifier")] = "code_verifier does not match the code_challenge of this authorization",
        [FormatID2029("code_challenge")] = "code_challenge is missing; PKCE with code_challenge_method=S256 is required",
        [FormatID2029("code_challenge_method")] = "code_challenge_method is missing; it must be S256",
        [FormatID2032("code_challenge_method")] = "code_challenge_method must be S256",
        [FormatID2029("code_verifier")] = "code_verifier is missing; send the one that the code_challenge was made from",
        [FormatID2032("response_type")] = "response_type must be code",
        [FormatID2032("response_mode")] = "response_mode must be query",
        [FormatID2032("grant_type")] = "grant_type must be one of grant_types_supported in the metadata",
        [GetResourceString("ID2064")] = GrantNotRegistered,
        [FormatID2043("grant_type")] = GrantNotRegistered,
        [FormatID2052("scope")] = "scope names one that this server doesn't have; see scopes_supported in the metadata",
        [GetResourceString("ID2001")] = "the authorization code is not known",
        [GetResourceString("ID2003")] = "the refresh token is not known",
        [GetResourceString("ID2016")] = "the authorization code is revoked; authorize again",
        [GetResourceString("ID2018")] = "the refresh token is revoked; authorize again",
        [GetResourceString("ID2020")] = "the authorization is revoked; authorize again",
        [GetResourceString("ID2022")] = "the authorization is revoked; authorize again",
    }.ToFrozenDictionary();
}
