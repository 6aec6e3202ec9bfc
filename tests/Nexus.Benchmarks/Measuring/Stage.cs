using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Storage;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Benchmarks.Measuring;

/// <summary>The server that ships, with an owner who has signed in, and an engine where one is asked for.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private Stage(NexusServerProcess server, DockerEngine? engine) =>
        (Server, Engine, Agent) = (server, engine, new ServerAgent(server.BaseUrl));

    public NexusServerProcess Server { get; }

    public DockerEngine? Engine { get; }

    public ServerAgent Agent { get; }

    public static Task<Stage> SetAsync(string? database = null, params BaseImage[] images) =>
        SetAsync(database, new Dictionary<string, string?>(), images);

    /// <summary>With settings beyond the default ones.</summary>
    public static async Task<Stage> SetAsync(string? database, IReadOnlyDictionary<string, string?> settings, params BaseImage[] images)
    {
        var engine = images.Length > 0 ? await DockerEngine.StartEmptyAsync() : null;
        foreach (var image in images) await engine!.LoadAsync(image);
        var variables = new Dictionary<string, string?>([.. ServerAgent.OwnerVariables, .. settings]);
        if (database is not null) variables["Nexus__Database"] = database;
        var stage = new Stage(await NexusServerProcess.StartAsync(new NexusServerOptions { Docker = engine, Variables = variables }), engine);
        await stage.Agent.SignInAsync();
        return stage;
    }

    /// <summary>Records deployments that rest beside those that run.</summary>
    public async Task RecordAsync(int count, string? database = null)
    {
        await using var services = new ServiceCollection()
            .AddNexusStorage(new DatabaseOptions { DataDirectory = Server.Data, ConnectionString = database })
            .BuildServiceProvider();
        await RecordedDeployments.AddAsync(services.GetRequiredService<IDbContextFactory<NexusDbContext>>(), count);
    }

    public async ValueTask DisposeAsync()
    {
        Agent.Dispose();
        await Server.DisposeAsync();
        if (Engine is not null) await Engine.DisposeAsync();
    }
}
