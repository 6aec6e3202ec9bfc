using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nexus.Auth.Storage;
using Nexus.Core;
using Nexus.Core.Access;
using Nexus.Core.Networking;
using Nexus.Core.Secrets;
using Nexus.Core.Sources;
using Nexus.Core.Storage;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>The authorization server on a real port over a real database, composed as the product composes it.</summary>
public sealed class AuthServer : IStartable<AuthServer>
{
    public const string Issuer = "https://nexus.example.com";
    public const string Resource = Issuer + "/mcp";
    public const string OwnerEmail = "ada@example.com";
    public const string OwnerPassword = "difference engine";

    /// <summary>A path of another room; tells the host that it sees, and whether authentication ran.</summary>
    public const string Elsewhere = "/elsewhere";

    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;

    private AuthServer(WebApplication app, TemporaryFolder folder, ShiftedTime time, LogBook log) =>
        (_app, _folder, Time, Log) = (app, folder, time, log);

    public ShiftedTime Time { get; }

    /// <summary>All that the server logged.</summary>
    public LogBook Log { get; }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>What requests asked of the database.</summary>
    public StatementLog Statements => Services.GetRequiredService<StatementLog>();

    public IServiceProvider Services => _app.Services;

    public IAccessTokens AccessTokens => Services.GetRequiredService<IAccessTokens>();

    public static AuthOptions DefaultOptions { get; } = new()
    {
        EncryptionKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)],
        Owner = new(OwnerEmail, OwnerPassword) { Name = "Ada", Organization = "Engines" },
        RegistrationsPerMinute = 10_000,
        SignInsPerMinute = 10_000,
        DocumentFetchesPerMinute = 10_000,
        DevicesPerMinute = 10_000,
        UserCodesPerMinute = 10_000,
    };

    public static Task<AuthServer> StartAsync(CancellationToken cancellation) => StartAsync();

    public static async Task<AuthServer> StartAsync(
        Func<AuthOptions, AuthOptions>? configure = null, DatabaseOptions? database = null, string issuer = Issuer, int port = 0, int hashIterations = 1000,
        LogLevel logLevel = LogLevel.Information, Action<IServiceCollection>? change = null, OutboundOptions? outbound = null)
    {
        var folder = new TemporaryFolder();
        var time = new ShiftedTime();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var log = new LogBook();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(logLevel);
        if (logLevel >= LogLevel.Information) builder.Logging.AddFilter("Microsoft", LogLevel.Warning); // As the product does.
        Add(builder.Services, configure?.Invoke(DefaultOptions) ?? DefaultOptions, database ?? new() { DataDirectory = folder.Path }, issuer, time);
        builder.Services.AddNexusNetworking(outbound ?? new());
        builder.Services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = hashIterations); // Few spare the tests' time.
        change?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapNexusAuth();
        app.MapGet(Elsewhere, (HttpContext http) => $"{http.Request.Host.Host} {http.Features.Get<IAuthenticationFeature>() is not null}");
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await app.Services.InitializeNexusAuthAsync(CancellationToken.None);
        await app.StartAsync();
        return new(app, folder, time, log);
    }

    /// <summary>A browser without cookies, which doesn't follow redirects by itself.</summary>
    public HttpClient NewClient() =>
        new(new SecretKeeper(Secrets, new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })) { BaseAddress = Address };

    /// <summary>What must be in no log: every test's passwords, codes, tokens and secrets.</summary>
    public SecretBag Secrets { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
        Secrets.ExpectNoneIn(Log.Text);
    }

    /// <summary>What background services do is not theirs.</summary>
    private static StatementLog StatementsOfRequests(IHttpContextAccessor http) => new(() => http.HttpContext is not null);

    private static void Add(IServiceCollection services, AuthOptions options, DatabaseOptions database, string issuer, TimeProvider time)
    {
        services.AddNexusCore(new ServerAddresses(issuer, issuer, issuer, "localhost"), new ImageOptions());
        services.AddSingleton(time); // In place of the core's.
        services.AddNexusStorage(database);
        services.AddNexusVault(new(new VaultKey(options.EncryptionKey)));
        services.AddSingleton(provider => StatementsOfRequests(provider.GetRequiredService<IHttpContextAccessor>()));
        services.ConfigureDbContext<SqliteNexusDbContext>(StatementLog.Attach);
        services.ConfigureDbContext<SqliteAuthDbContext>(StatementLog.Attach);
        services.ConfigureDbContext<PostgreSqlNexusDbContext>(StatementLog.Attach);
        services.ConfigureDbContext<PostgreSqlAuthDbContext>(StatementLog.Attach);
        services.AddNexusAccessTokens(options);
        services.AddNexusAuth(options);
    }
}
