using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Deployments;
using Nexus.Core.Storage;

namespace Nexus.Core.Domains;

/// <summary>Lists the domains of a deployment.</summary>
public sealed class DomainQueries(IDbContextFactory<NexusDbContext> database, DomainRecords records, TimeProvider time)
{
    /// <summary>All of them, newest first, with the records that each needs.</summary>
    public async Task<IReadOnlyList<DomainSummary>> ListAsync(Actor actor, string deploymentIdOrName, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.ListDomains);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var deployment = await db.Deployments.AsNoTracking().GetAsync(actor, deploymentIdOrName, cancellationToken);
        var domains = await db.CustomDomains.AsNoTracking().Counting(time.GetUtcNow())
            .Where(domain => domain.DeploymentId == deployment.Id)
            .OrderByDescending(domain => domain.Id)
            .ToListAsync(cancellationToken);
        var summaries = new List<DomainSummary>();
        foreach (var domain in domains)
            summaries.Add(DomainSummary.Of(domain, await records.OfAsync(db, domain, deployment, cancellationToken)));
        return summaries;
    }
}
