using Microsoft.EntityFrameworkCore;
using Nexus.Core.Storage;

namespace Nexus.Core.Routing;

/// <summary>Changes a deployment's route. Versions are given out one writer at a time, so that a reader who follows them misses none.</summary>
internal static class RouteWriter
{
    /// <summary>An arbitrary number that stands for "the routes' version" among PostgreSQL's advisory locks.</summary>
    private const long VersionLock = 0x6E65787573;

    /// <summary>Must run in a transaction; the caller saves. SQLite has one writer at a time by itself.</summary>
    public static async Task<Route> SetAsync(
        NexusDbContext db, Guid deploymentId, string hostLabel, RouteState state, IReadOnlyList<RouteTarget> targets,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({VersionLock})", cancellationToken);
        var version = (await db.Routes.MaxAsync(route => (long?)route.Version, cancellationToken) ?? 0) + 1;

        var route = await db.Routes.FirstOrDefaultAsync(route => route.DeploymentId == deploymentId, cancellationToken);
        if (route is null)
        {
            route = new Route
            {
                DeploymentId = deploymentId,
                HostLabel = hostLabel,
                State = state,
                Targets = targets,
                ChangedAt = now,
                Version = version,
            };
            db.Routes.Add(route);
            return route;
        }

        (route.HostLabel, route.State, route.Targets, route.ChangedAt, route.Version) = (hostLabel, state, targets, now, version);
        return route;
    }
}
