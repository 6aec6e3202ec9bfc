using Nexus.Auth;
using Nexus.Core;
using Nexus.Core.Audit;
using Nexus.Core.Builds;
using Nexus.Core.Databases;
using Nexus.Core.Networking;
using Nexus.Core.Providers;
using Nexus.Core.Providers.Docker;
using Nexus.Core.Routing;
using Nexus.Core.Secrets;
using Nexus.Core.Storage;
using Nexus.Core.Uploads;
using Nexus.Ingress;
using Nexus.Ingress.Certificates;
using Nexus.Mcp;
using Nexus.Server.Configuration;
using Nexus.Server.Health;
using Nexus.Server.Telemetry;

namespace Nexus.Server.Startup;

/// <summary>Puts the rooms together as the roles ask, and runs them.</summary>
internal static class ServerHost
{
    /// <summary>The settings as a server here would read them, for commands beside it.</summary>
    public static ServerSettings ReadSettings(IEnumerable<KeyValuePair<string, string?>> commandLine) =>
        new SettingsReader(CreateBuilder(commandLine.Where(option => option.Value is not null)).Configuration).Read();

    /// <summary><paramref name="adjust"/> has the last word on the services; tests use it.</summary>
    public static WebApplication Build(
        IEnumerable<KeyValuePair<string, string?>> commandLine, Action<IServiceCollection>? adjust = null)
    {
        var builder = CreateBuilder(commandLine);
        var settings = new SettingsReader(builder.Configuration).Read();

        Listening.Configure(builder.WebHost, settings);
        builder.AddNexusTelemetry(settings);
        AddServices(builder.Services, settings);
        adjust?.Invoke(builder.Services);

        return builder.Build();
    }

    /// <summary>Brings the database up to date, starts, greets, and serves until it is told to stop.</summary>
    public static async Task RunAsync(WebApplication app, CancellationToken cancellationToken)
    {
        await PrepareAsync(app, cancellationToken);
        await app.StartAsync(cancellationToken);
        await app.Services.GetRequiredService<Banner>().PrintAsync(cancellationToken);
        // What only the start needed goes back to the machine.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>What takes long at a start goes on side by side: the two models, the tools, the endpoints, and the first word from the engine.</summary>
    private static async Task PrepareAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var settings = app.Services.GetRequiredService<ServerSettings>();
        var migrator = app.Services.GetRequiredService<DatabaseMigrator>();
        var providers = app.Services.GetRequiredService<ProviderCatalog>();
        var migrating = Task.Run(() => migrator.MigrateAsync(cancellationToken), cancellationToken);
        var asking = Task.Run(() => providers.Get(ProviderCatalog.DefaultId).CheckAsync(cancellationToken), cancellationToken);
        var modelling = Task.Run(app.Services.WarmUpNexusAuth, cancellationToken);
        var describing = settings.Plays(ServerRole.Mcp) ? Task.Run(app.Services.WarmUpNexusMcp, cancellationToken) : Task.CompletedTask;
        UseMiddleware(app, settings);
        await Task.WhenAll(migrating, modelling, describing);
        await app.Services.GetRequiredService<Vault>().CheckKeysAsync(cancellationToken);
        await app.Services.GetRequiredService<AuditChains>().AdoptAsync(cancellationToken);
        await app.Services.InitializeNexusAuthAsync(cancellationToken);
        await asking;
    }

    private static WebApplicationBuilder CreateBuilder(IEnumerable<KeyValuePair<string, string?>> commandLine)
    {
        // Settings are read once. To see changes of their file, .NET would watch all that is below it: each write to the database too.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Configuration.AddInMemoryCollection(commandLine);
        return builder;
    }

    private static void AddServices(IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<Banner>();
        services.AddNexusStorage(settings.Database);
        services.AddNexusCore(settings.Addresses, settings.Images, settings.AttachedDatabases, settings.Plan);
        services.AddNexusNetworking(settings.Outbound);
        services.AddNexusVault(settings.Vault);
        services.AddNexusDomains(settings.Domains);
        services.AddNexusDatabases(settings.Databases);
        services.AddDockerProvider(settings.Docker);
        services.AddNexusHealth();
        services.AddTrustedProxies(settings.TrustedProxies);
        services.AddNexusAccessTokens(settings.Auth);
        if (settings.Plays(ServerRole.Auth)) services.AddNexusAuth(settings.Auth);
        if (settings.Plays(ServerRole.Mcp)) AddMcp(services, settings);
        if (settings.Plays(ServerRole.Ingress)) AddIngress(services, settings);
        else services.AddSingleton<IIngressView, DistantIngress>();
        if (!settings.Plays(ServerRole.Worker)) return;
        services.AddNexusBuilds(settings.Database.DataDirectory, settings.Sources, settings.Builds);
        services.AddNexusWorker(settings.Rollouts);
    }

    private static void AddMcp(IServiceCollection services, ServerSettings settings)
    {
        services.AddNexusMcp(settings.Mcp);
        services.AddNexusUploads(settings.Database.DataDirectory, settings.Sources, settings.Uploads);
    }

    private static void AddIngress(IServiceCollection services, ServerSettings settings)
    {
        services.AddNexusIngress(new() { JoinsTraces = settings.Telemetry });
        if (settings.Https is { } https) services.AddNexusCertificates(https.Certificates);
    }

    private static void UseMiddleware(WebApplication app, ServerSettings settings)
    {
        if (settings.TrustedProxies.Count > 0) app.UseForwardedHeaders();
        if (settings.Plays(ServerRole.Ingress)) app.UseNexusIngress();
        // After the ingress: what applications' hosts serve is matched against no path of the server's own.
        app.UseRouting();
        app.MapNexusHealth();
        app.MapHomePage(settings.Addresses);
        if (settings.Plays(ServerRole.Auth)) app.MapNexusAuth();
        if (settings.Plays(ServerRole.Mcp)) app.MapNexusMcp();
    }
}
