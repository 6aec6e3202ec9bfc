using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nexus.Core;
using Nexus.Core.Routing;
using Nexus.Core.Storage;

namespace Nexus.Ingress.Routes;

/// <summary>Brings route changes from the database to the requests. While the database can't be read, the routes stay as they are.</summary>
internal sealed partial class RouteFeed(
    IDbContextFactory<NexusDbContext> database, WriteCount writes, LiveRoutes live, IngressOptions options, TimeProvider time,
    ILogger<RouteFeed> logger) : BackgroundService
{
    private readonly Dictionary<Guid, Route> _routes = [];
    private long _version;
    private long? _read;

    /// <summary>Reads the routes before the server listens, so that a restarted one knows them from its first request.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Rounds.TryAsync(ReadAsync, LogFailed, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await live.WaitAsync(options.PollInterval, time, stoppingToken);
            await Rounds.TryAsync(ReadAsync, LogFailed, stoppingToken);
        }
    }

    private void LogFailed(Exception failure) => Log.ReadFailed(logger, failure);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var written = writes.Now();
        if (written is not null && written == _read) return;
        await ReadChangedAsync(cancellationToken);
        _read = written;
    }

    /// <summary>Versions are given out one at a time, so what is newer than the newest seen is all that is new.</summary>
    private async Task ReadChangedAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.CreateDbContextAsync(cancellationToken);
        var changed = await context.Routes.AsNoTracking()
            .Where(route => route.Version > _version)
            .OrderBy(route => route.Version)
            .ToListAsync(cancellationToken);
        if (changed.Count == 0) return;

        foreach (var route in changed)
        {
            if (route.State == RouteState.Removed) _routes.Remove(route.DeploymentId);
            else _routes[route.DeploymentId] = route;
        }

        _version = changed[^1].Version;
        live.Apply(_version, _routes.Values);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The routes could not be read; requests follow the last ones known")]
        public static partial void ReadFailed(ILogger logger, Exception failure);
    }
}
