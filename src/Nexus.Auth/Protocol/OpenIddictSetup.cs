using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Auditing;
using Nexus.Auth.Authorization;
using Nexus.Auth.Clients;
using Nexus.Auth.Devices;
using Nexus.Auth.Keys;
using Nexus.Auth.Storage;
using Nexus.Auth.Tokens;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace Nexus.Auth.Protocol;

/// <summary>Sets OpenIddict up: which endpoints and flows there are, and which of its steps are ours.</summary>
internal static class OpenIddictSetup
{
    public static void AddOpenIddictServer(this IServiceCollection services)
    {
        services.AddOpenIddict()
            .AddCore(core => core
                .UseEntityFrameworkCore()
                .UseDbContext<AuthDbContext>()
                .ReplaceDefaultEntities<OAuthClient, OAuthGrant, OpenIddictEntityFrameworkCoreScope<Guid>, OAuthToken, Guid>())
            .AddCore(core => core
                .ReplaceApplicationManager<OAuthClient, ClientManager>()
                .ReplaceApplicationStore<OAuthClient, ClientStore>()
                .ReplaceAuthorizationStore<OAuthGrant, GrantStore>()
                .ReplaceTokenStore<OAuthToken, TokenStore>()
                .DisableEntityCaching()) // The stores remember what a request has read.
            .AddServer(server =>
            {
                SetEndpoints(server);
                SetRules(server);
                UseOurSteps(server);
                server.UseAspNetCore()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableEndUserVerificationEndpointPassthrough()
                    .EnableErrorPassthrough()
                    .DisableTransportSecurityRequirement() // TLS ends at the operator's proxy, or is not wanted on localhost.
                    .SuppressJsonResponseIndentation();
            });
        services.AddSingleton<InternalSigningKey>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, OpenIddictValues>();
    }

    private static void SetEndpoints(OpenIddictServerBuilder server) => server
        .SetAuthorizationEndpointUris(AuthPaths.Authorize, AuthPaths.Consent, AuthPaths.Bridge)
        .SetTokenEndpointUris(AuthPaths.Token, AuthPaths.TokenAlias)
        .SetRevocationEndpointUris(AuthPaths.Revoke)
        .SetIntrospectionEndpointUris(AuthPaths.Introspect)
        .SetDeviceAuthorizationEndpointUris(AuthPaths.DeviceAuthorization)
        .SetEndUserVerificationEndpointUris(AuthPaths.Device)
        .SetConfigurationEndpointUris(Array.Empty<Uri>()) // Metadata and keys are endpoints of ours.
        .SetJsonWebKeySetEndpointUris(Array.Empty<Uri>());

    private static void SetRules(OpenIddictServerBuilder server)
    {
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowRefreshTokenFlow();
        server.AllowDeviceAuthorizationFlow().AllowClientCredentialsFlow();
        server.SetUserCodeCharset([.. UserCodes.Letters.Select(letter => letter.ToString())]);
        server.SetUserCodeLength(UserCodes.Length).SetUserCodeDisplayFormat(UserCodes.Format);
        server.UseReferenceRefreshTokens().DisableAccessTokenEncryption();
        server.RegisterScopes([.. OfferedScopes.All]);
        server.IgnoreScopePermissions(); // OfferedScopes narrows the request instead of refusing it.
        server.DisableResourceValidation().IgnoreResourcePermissions(); // Resources does it.
        server.Configure(options =>
        {
            options.CodeChallengeMethods.Clear();
            options.CodeChallengeMethods.Add(CodeChallengeMethods.Sha256);
            options.ResponseModes.Clear();
            options.ResponseModes.Add(ResponseModes.Query);
        });
    }

    /// <summary>
    /// The steps of endpoints that aren't OpenIddict's here: metadata, keys and user info are ours, and ending a session is no endpoint.
    /// They would do nothing, but each event looks through all steps there are, and asks the filters of those that are for it.
    /// </summary>
    private static IEnumerable<OpenIddictServerHandlerDescriptor> Idle { get; } =
    [
        .. OpenIddictServerHandlers.Discovery.DefaultHandlers, .. OpenIddictServerHandlers.UserInfo.DefaultHandlers,
        .. OpenIddictServerHandlers.Session.DefaultHandlers,
        .. OpenIddictServerAspNetCoreHandlers.Discovery.DefaultHandlers, .. OpenIddictServerAspNetCoreHandlers.UserInfo.DefaultHandlers,
        .. OpenIddictServerAspNetCoreHandlers.Session.DefaultHandlers,
    ];

    private static void UseOurSteps(OpenIddictServerBuilder server)
    {
        OpenIddictServerHandlerDescriptor[] replaced =
        [
            Authentication.AttachRedirectUri.Descriptor,
            Authentication.InferResponseMode.Descriptor,
            Authentication.AttachResponseState.Descriptor,
            Authentication.AttachIssuer.Descriptor,
            Exchange.ValidateGrantedScopes.Descriptor,
            Protection.ValidateTokenEntry.Descriptor,
            RedeemTokenEntry.Descriptor,
            Revocation.RevokeToken.Descriptor,
        ];
        foreach (var step in replaced.Concat(Idle)) server.RemoveEventHandler(step);

        OpenIddictServerHandlerDescriptor[] ours =
        [
            WellFormedParameters.Descriptor,
            OfflineAccess.Descriptor,
            ProofKeys.AtAuthorization,
            ProofKeys.AtToken,
            Resources.AtAuthorization,
            Resources.AtDevice,
            Resources.AtToken,
            DeviceRequests.AtRequest,
            DeviceRequests.AtResponse,
            UserCodes.Descriptor,
            KnownDocumentClient.Descriptor,
            ClientAssertionKeys.Descriptor,
            JudgeClientAssertion.Descriptor,
            ServiceAccountGrant.Descriptor,
            GrantedScopes.Descriptor,
            AnswerToTheClient.Descriptor,
            BridgeAnswer.Descriptor,
            IssuerAsWritten.InTokens,
            IssuerAsWritten.InIntrospections,
            IntrospectedScopes.Descriptor,
            OtherTokensAreInactive.Descriptor,
            SignWithTheRing.Descriptor,
            PlainAccessTokenClaims.AtGeneration,
            PlainAccessTokenClaims.AtValidation,
            JudgeTokenEntry.Descriptor,
            PersonStillThere.Descriptor,
            UseUp.Descriptor,
            RedeemDeviceCodes.Descriptor,
            RefreshTokenPolicy.Descriptor,
            RememberUse.Descriptor,
            RefreshTokenFamilyLifetime.Descriptor,
            NewGrant.Descriptor,
            OwnTokenStorage.Descriptor,
            IssueToken.Descriptor,
            AuditIssuedTokens.Descriptor,
            StoreIssued.Descriptor,
            RevokeToken.Descriptor,
            ErrorWording<ApplyAuthorizationResponseContext>.Descriptor,
            ErrorWording<ApplyTokenResponseContext>.Descriptor,
            ErrorWording<ApplyDeviceAuthorizationResponseContext>.Descriptor,
            ErrorWording<ApplyEndUserVerificationResponseContext>.Descriptor,
            ErrorWording<ApplyRevocationResponseContext>.Descriptor,
            ErrorWording<ApplyIntrospectionResponseContext>.Descriptor,
        ];
        foreach (var step in ours) server.AddEventHandler(step);
    }
}

/// <summary>The settings of OpenIddict that come from ours.</summary>
internal sealed class OpenIddictValues(AuthOptions options, AuthAddresses addresses, SigningKeyRing keys, InternalSigningKey internalKey, SecretBox box, TimeProvider time)
    : IConfigureOptions<OpenIddictServerOptions>
{
    private const string AtRest = "codes and refresh tokens at rest";

    public void Configure(OpenIddictServerOptions server)
    {
        server.Issuer = new Uri(addresses.Issuer);
        server.TimeProvider = time;
        server.AuthorizationCodeLifetime = options.Lifetimes.AuthorizationCode;
        server.AccessTokenLifetime = options.Lifetimes.AccessToken;
        server.IdentityTokenLifetime = options.Lifetimes.AccessToken;
        server.RefreshTokenLifetime = options.Lifetimes.RefreshToken;
        server.DeviceCodeLifetime = options.Lifetimes.DeviceCode;
        server.UserCodeLifetime = options.Lifetimes.DeviceCode;
        server.RefreshTokenReuseLeeway = null; // JudgeTokenEntry decides.
        server.TokenValidationParameters.ValidIssuers = [addresses.Issuer];
        server.SigningCredentials.Add(keys.Current); // It wants one at start; SignWithTheRing chooses for each token.
        server.TokenValidationParameters.IssuerSigningKeyResolver = (_, _, kid, _) => [.. keys.Keys.Concat(internalKey.Keys).Where(key => key.KeyId == kid)];
        server.EncryptionCredentials.Add(Encrypting(box.KeyFor(AtRest)));
        if (box.PreviousKeyFor(AtRest) is { } previous) server.EncryptionCredentials.Add(Encrypting(previous));
    }

    private static EncryptingCredentials Encrypting(byte[] key) =>
        new(new SymmetricSecurityKey(key), SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512);
}
