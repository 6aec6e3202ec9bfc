using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Deployments;
using Nexus.Core.Storage;

namespace Nexus.Core.Domains.Dns;

/// <summary>Asks DNS about a domain that the actor may verify.</summary>
public sealed class DomainInspection(
    IDbContextFactory<NexusDbContext> database, DomainRecords records, DnsResolvers resolvers, DomainOptions options, TimeProvider time)
{
    private readonly RecordCheck _record = new(resolvers);
    private readonly AuthorityCheck _authority = new(resolvers, options);

    /// <summary>Null where there is nothing for the actor to verify; the command says why.</summary>
    internal async Task<DomainEvidence?> LookAsync(
        Actor actor, string deploymentIdOrName, Guid domainId, CancellationToken cancellationToken)
    {
        if (!AccessPolicy.Permits(actor, Operation.VerifyDomain)) return null;
        if (await FindAsync(actor, deploymentIdOrName, domainId, cancellationToken) is not var (domain, wanted)) return null;
        var authority = _authority.LookAsync(domain, cancellationToken);
        var reports = await Task.WhenAll(wanted.Select(record => _record.LookAsync(record, cancellationToken)));
        return new(wanted, [.. reports.Select(report => report.Finding)], [.. reports.SelectMany(report => report.Advice), .. await authority]);
    }

    private async Task<(string Domain, IReadOnlyList<DnsRecord> Wanted)?> FindAsync(
        Actor actor, string deploymentIdOrName, Guid domainId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var deployment = await db.Deployments.AsNoTracking().FindAsync(actor, deploymentIdOrName, cancellationToken);
        if (deployment is null) return null;
        var domain = await db.CustomDomains.AsNoTracking().Counting(time.GetUtcNow())
            .FirstOrDefaultAsync(domain => domain.DeploymentId == deployment.Id && domain.Id == domainId, cancellationToken);
        return domain is null ? null : (domain.Name, await records.OfAsync(db, domain, deployment, cancellationToken));
    }
}

/// <summary>What DNS said, and about which records it was asked.</summary>
internal sealed record DomainEvidence(
    IReadOnlyList<DnsRecord> Wanted, IReadOnlyList<RecordFinding> Findings, IReadOnlyList<string> Advice)
{
    public bool ShowsAll => Findings.All(finding => finding.Ok);

    public bool IsOf(IReadOnlyList<DnsRecord> wanted) => Wanted.SequenceEqual(wanted);
}
