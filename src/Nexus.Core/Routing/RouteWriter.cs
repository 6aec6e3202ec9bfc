using Microsoft.EntityFrameworkCore;
using Nexus.Core.Domains;
using Nexus.Core.Storage;

namespace Nexus.Core.Routing;

/// <summary>Changes a deployment's route. Versions are given out one writer at a time, so that a reader who follows them misses none.</summary>
internal static class RouteWriter
{
    /// <summary>An arbitrary number that stands for "the routes' version" among PostgreSQL's advisory locks.</summary>
    private const long VersionLock = 0x6E65787573;

    /// <summary>Must run in a transaction; the caller saves. A route that is removed frees the deployment's domains.</summary>
    public static async Task<Route> SetAsync(
        NexusDbContext db, Guid deploymentId, string hostLabel, RouteState state, IReadOnlyList<RouteTarget> targets,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var version = await NextVersionAsync(db, cancellationToken);
        if (state == RouteState.Removed) await DomainRelease.ReleaseAsync(db, deploymentId, now, cancellationToken);
        var domains = await DomainRelease.NamesAsync(db, deploymentId, cancellationToken);

        var route = await db.Routes.FirstOrDefaultAsync(route => route.DeploymentId == deploymentId, cancellationToken);
        if (route is null)
        {
            route = new Route
            {
                DeploymentId = deploymentId,
                HostLabel = hostLabel,
                Domains = domains,
                State = state,
                Targets = targets,
                ChangedAt = now,
                Version = version,
            };
            db.Routes.Add(route);
            return route;
        }

        (route.HostLabel, route.Domains, route.State, route.Targets, route.ChangedAt, route.Version) =
            (hostLabel, domains, state, targets, now, version);
        return route;
    }

    /// <summary>Gives the route the domains that the deployment has now. Must run in a transaction; the caller saves.</summary>
    public static async Task RefreshDomainsAsync(NexusDbContext db, Guid deploymentId, CancellationToken cancellationToken)
    {
        var version = await NextVersionAsync(db, cancellationToken);
        var route = await db.Routes.FirstAsync(route => route.DeploymentId == deploymentId, cancellationToken);
        (route.Domains, route.Version) = (await DomainRelease.NamesAsync(db, deploymentId, cancellationToken), version);
    }

    /// <summary>From here to the transaction's end no other writer gets one. SQLite has one writer at a time by itself.</summary>
    private static async Task<long> NextVersionAsync(NexusDbContext db, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({VersionLock})", cancellationToken);
        return (await db.Routes.MaxAsync(route => (long?)route.Version, cancellationToken) ?? 0) + 1;
    }
}
