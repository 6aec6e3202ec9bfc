using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nexus.Core;
using Nexus.Core.Access;
using Nexus.Core.Organizations;
using Nexus.Core.Storage;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>The authorization server on a real port over a real database, composed as the product composes it.</summary>
internal sealed class AuthServer : IAsyncDisposable
{
    public const string Issuer = "https://nexus.example.com";
    public const string Resource = Issuer + "/mcp";
    public const string OwnerEmail = "ada@example.com";
    public const string OwnerPassword = "difference engine";

    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;

    private AuthServer(WebApplication app, TemporaryFolder folder, ShiftedTime time) => (_app, _folder, Time) = (app, folder, time);

    public ShiftedTime Time { get; }

    public Uri Address => new(_app.Urls.Single());

    public IServiceProvider Services => _app.Services;

    public IAccessTokens AccessTokens => Services.GetRequiredService<IAccessTokens>();

    public static AuthOptions DefaultOptions { get; } = new()
    {
        EncryptionKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)],
        Owner = new(OwnerEmail, OwnerPassword) { Name = "Ada", Organization = "Engines" },
        RegistrationsPerMinute = 10_000,
        SignInsPerMinute = 10_000,
    };

    public static async Task<AuthServer> StartAsync(
        Func<AuthOptions, AuthOptions>? configure = null, DatabaseOptions? database = null, string issuer = Issuer)
    {
        var folder = new TemporaryFolder();
        var time = new ShiftedTime();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(Environment.GetEnvironmentVariable("NEXUS_TEST_LOG") is null ? LogLevel.Error : LogLevel.Information);
        Add(builder.Services, configure?.Invoke(DefaultOptions) ?? DefaultOptions, database ?? new() { DataDirectory = folder.Path }, issuer, time);
        var app = builder.Build();
        app.MapNexusAuth();
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await app.Services.InitializeNexusAuthAsync(CancellationToken.None);
        await app.StartAsync();
        return new(app, folder, time);
    }

    /// <summary>A browser without cookies, which doesn't follow redirects by itself.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private static void Add(IServiceCollection services, AuthOptions options, DatabaseOptions database, string issuer, TimeProvider time)
    {
        services.AddSingleton(time);
        services.AddSingleton(new ServerAddresses(issuer, issuer, issuer, "localhost"));
        services.AddSingleton<OrganizationDirectory>();
        services.AddNexusStorage(database);
        services.AddNexusAccessTokens(options);
        services.AddNexusAuth(options);
    }
}
