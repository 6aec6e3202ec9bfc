using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Clients;
using Nexus.Auth.Http;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Protocol;

/// <summary>Has client assertions checked with the client's keys of now, and with asymmetric algorithms alone (RFC 8725 §3.1).</summary>
internal sealed class ClientAssertionKeys(ClientDirectory clients, ClientKeys keys) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static IReadOnlyList<string> Algorithms { get; } =
        ["ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512"];

    private static readonly string[] Types =
        ["client-authentication+jwt", "application/client-authentication+jwt", "JWT", "application/jwt"];

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .UseScopedHandler<ClientAssertionKeys>()
            .SetOrder(OpenIddictServerHandlers.Protection.ResolveTokenValidationParameters.Descriptor.Order + 500)
            .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (!context.ValidTokenTypes.Contains(TokenTypeIdentifiers.Private.ClientAssertion)) return;

        if (Read(context.Token) is not { Issuer.Length: > 0 } assertion)
        {
            context.Reject(Errors.InvalidClient, "client_assertion is not a signed JWT with the client_id as its iss");
            return;
        }

        context.DisableAudienceValidation = true; // JudgeClientAssertion knows what else an assertion may name.
        try
        {
            var client = await clients.FindAsync(assertion.Issuer, context.CancellationToken);
            var parameters = context.TokenValidationParameters!;
            parameters.ValidAlgorithms = Algorithms;
            parameters.TypeValidator = JudgeType;
            parameters.IssuerSigningKeyResolver = null;
            parameters.IssuerSigningKeys = client is null ? [] : await keys.FindAsync(client, assertion.Kid);
        }
        catch (WebDocumentException exception)
        {
            context.Reject(Errors.InvalidClient, $"the keys at this client's jwks_uri can't be had: {exception.Message}");
        }
    }

    // Clients in the field name no type, or any JWT; a JWT that names another was made for something else (RFC 8725 §3.11).
    private static string JudgeType(string? type, SecurityToken token, TokenValidationParameters parameters) =>
        type is null or "" || Types.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? Types[0]
            : throw new SecurityTokenInvalidTypeException("The type is another one.") { InvalidType = type };

    private static JsonWebToken? Read(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
