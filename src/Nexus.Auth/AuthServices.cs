using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Nexus.Auth.AccessTokens;
using Nexus.Auth.Accounts;
using Nexus.Auth.Applications;
using Nexus.Auth.Auditing;
using Nexus.Auth.Authorization;
using Nexus.Auth.Clients;
using Nexus.Auth.Clients.Documents;
using Nexus.Auth.Devices;
using Nexus.Auth.Discovery;
using Nexus.Auth.Http;
using Nexus.Auth.Keys;
using Nexus.Auth.Pages;
using Nexus.Auth.Passkeys;
using Nexus.Auth.Protocol;
using Nexus.Auth.Pruning;
using Nexus.Auth.Sessions;
using Nexus.Auth.Startup;
using Nexus.Auth.Storage;
using Nexus.Auth.Tokens;
using Nexus.Auth.TwoFactor;
using Nexus.Core.Access;
using Nexus.Core.Organizations;

namespace Nexus.Auth;

/// <summary>Registers the authorization server, or the part of it that judges access tokens.</summary>
public static class AuthServices
{
    /// <summary>
    /// What a node needs to judge access tokens (<see cref="IAccessTokens"/>): the database and the keys, no endpoints.
    /// Expects the core and its storage among the services.
    /// </summary>
    public static IServiceCollection AddNexusAccessTokens(this IServiceCollection services, AuthOptions options)
    {
        if (options.EncryptionKey.Length != 32) throw new ArgumentException("EncryptionKey must have 32 bytes.", nameof(options));
        if (options is { SigningSecret: not null, SigningAlgorithm: not SigningAlgorithm.ES256 })
            throw new ArgumentException("Keys that are derived from a secret are for ES256 alone.", nameof(options));

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<AuthAddresses>();
        services.AddSingleton(provider => new SetUpLink(
            provider.GetRequiredService<OrganizationDirectory>(),
            provider.GetRequiredService<AuthAddresses>(),
            provider.GetRequiredService<SecretBox>()));
        services.AddSingleton<SecretBox>();
        services.AddAuthStorage();
        services.AddSingleton<SigningKeyStore>();
        services.AddSingleton<SigningKeyRing>();
        services.AddSingleton(provider => new SigningKeys(
            options, provider.GetRequiredService<SigningKeyStore>(), provider.GetRequiredService<IDbContextFactory<AuthDbContext>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SealedKeys(
            provider.GetRequiredService<SecretBox>(), provider.GetRequiredService<IDbContextFactory<AuthDbContext>>()));
        services.AddHostedService<SigningKeyReload>();
        services.AddSingleton<AccessTokenValidator>();
        services.AddSingleton<AccessTokenCache>();
        services.AddSingleton<TokenStatus>();
        services.AddSingleton<IAccessTokens, RevocableAccessTokens>();
        services.AddHostedService<RevocationSweep>();
        services.AddSingleton<IStartupStep, MigrateDatabase>();
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<SigningKeyRing>());
        return services;
    }

    /// <summary>The authorization server itself: endpoints, accounts and pages. Goes on top of <see cref="AddNexusAccessTokens"/>.</summary>
    public static IServiceCollection AddNexusAuth(this IServiceCollection services, AuthOptions options)
    {
        services.AddAccounts();
        services.AddBrowser(options);
        services.AddOpenIddictServer();
        services.KeepRequestsOutOfLogs();
        services.AddProtocol();
        services.AddSingleton<Pruner>();
        services.AddHostedService<PruningTimer>();
        services.AddSingleton<IStartupStep, RegisterStaticClient>();
        services.AddSingleton<IStartupStep, CreateOwner>();
        services.LeaveDataProtectionToItsFirstUse();
        return services;
    }

    // .NET reads its keys, and loads all that is for XML, at each start. The first page that needs them does so too.
    private static void LeaveDataProtectionToItsFirstUse(this IServiceCollection services) =>
        services.Remove(services.Single(service => service.ImplementationType?.Name == "DataProtectionHostedService"));

    private static void AddAccounts(this IServiceCollection services)
    {
        services.AddIdentityCore<Account>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.User.AllowedUserNameCharacters = ""; // The e-mail address is the name; it may have any.
            identity.Password = new() // Length is what counts (NIST SP 800-63B §3.1.1.2).
            {
                RequiredLength = 12,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
            };
        })
            .AddUserStore<AccountStore>()
            .AddTokenProvider<OneTimeCodes>(TokenOptions.DefaultAuthenticatorProvider);
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000);
        services.AddSingleton<DecoyPassword>();
        services.AddScoped<AccountLockout>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<PasswordChange>();
        services.AddScoped<SecondFactor>();
        services.AddScoped<SecondStep>();
        services.AddScoped<TwoFactorSetUp>();
        services.AddSingleton<IConfigureOptions<IdentityPasskeyOptions>, PasskeyRules>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddScoped<PasskeyChallenge>();
        services.AddScoped<PasskeyCeremonies>();
        services.AddScoped<SetUp>();
        services.AddScoped<Joining>();
        services.AddScoped<Departures>();
        services.AddScoped<AuthAudit>();
        services.AddScoped<ServiceAccounts>();
    }

    private static void AddBrowser(this IServiceCollection services, AuthOptions options)
    {
        services.AddDataProtection().SetApplicationName("nexus");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, DataProtectionStore>();
        services.AddHttpContextAccessor();
        services.AddAuthentication()
            .AddCookie(BrowserSessions.Scheme, cookie =>
            {
                cookie.ExpireTimeSpan = options.Lifetimes.BrowserSession;
                cookie.SlidingExpiration = true;
            })
            .AddCookie(SecondStep.Scheme, cookie => EndAfter(cookie, SecondStep.Lifetime))
            .AddCookie(PasskeyChallenge.Scheme, cookie => EndAfter(cookie, PasskeyChallenge.Lifetime));
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, BrowserCookies>();
        services.AddSingleton<IConfigureOptions<AntiforgeryOptions>, BrowserCookies>();
        services.AddScoped<BrowserSessions>();
        services.AddScoped<OtherSessions>();
        services.AddScoped<Visitors>();
        services.AddScoped<Managers>();
        services.AddScoped<AskingClients>();
        services.AddRazorPages().ConfigureApplicationPartManager(KeepPagesOnly).AddMvcOptions(mvc =>
        {
            // They read jQuery's spelling of names, which no page of ours uses, and throw at a bracket that isn't closed.
            mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
        });
        services.AddCors();
    }

    // MVC would look through all types for controllers, of which there are none.
    private static void KeepPagesOnly(ApplicationPartManager manager)
    {
        manager.ApplicationParts.Clear();
        manager.ApplicationParts.Add(new CompiledRazorAssemblyPart(typeof(AuthServices).Assembly));
    }

    private static void EndAfter(CookieAuthenticationOptions cookie, TimeSpan lifetime) =>
        (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (lifetime, false);

    private static void AddProtocol(this IServiceCollection services)
    {
        services.AddSingleton<AddressLimits>();
        services.AddSingleton<ServerMetadata>();
        services.AddSingleton<PublicKeys>();
        services.AddSingleton<RedirectUriPolicy>();
        services.AddSingleton<RegistrationRules>();
        services.AddSingleton<WebDocumentFetcher>();
        services.AddSingleton<WebDocuments>();
        services.AddSingleton<ClientKeys>();
        services.AddSingleton<UsedAssertions>();
        services.AddSingleton<DocumentClients>();
        services.AddSingleton<DocumentClientStore>();
        services.AddSingleton<DevicePolling>();
        services.AddSingleton<RefreshTokenChain>();
        services.AddSingleton<IssuedTokens>();
        services.AddScoped<Issuance>();
        services.AddScoped<ClientRegistry>();
        services.AddScoped<ClientDirectory>();
        services.AddScoped<ServiceClients>();
        services.AddScoped<TokenFamilies>();
        services.AddScoped<GrantFactory>();
        services.AddScoped<ConsentMemory>();
        services.AddScoped<ConnectedApplications>();
        services.AddScoped<AuthorizationFlow>();
        services.AddScoped<ErrorRedirects>();
        services.AddScoped<FirstPartyTokens>();
    }
}
