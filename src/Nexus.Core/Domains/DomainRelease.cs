using Microsoft.EntityFrameworkCore;
using Nexus.Core.Storage;

namespace Nexus.Core.Domains;

/// <summary>Which domains a deployment's route has; none any more once the deployment is deleted.</summary>
internal static class DomainRelease
{
    public static async Task<IReadOnlyList<string>> NamesAsync(NexusDbContext db, Guid deploymentId, CancellationToken cancellationToken) =>
        await db.CustomDomains
            .Where(domain => domain.DeploymentId == deploymentId && domain.VerifiedAt != null && domain.RemovedAt == null)
            .OrderBy(domain => domain.Name)
            .Select(domain => domain.Name)
            .ToListAsync(cancellationToken);

    /// <summary>Frees the domains of a deployment that is deleted, and forgets their certificates.</summary>
    public static async Task ReleaseAsync(NexusDbContext db, Guid deploymentId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var domains = db.CustomDomains.Where(domain => domain.DeploymentId == deploymentId && domain.RemovedAt == null);
        await db.DomainCertificates.Where(certificate => domains.Any(domain => domain.Id == certificate.DomainId)).ExecuteDeleteAsync(cancellationToken);
        await domains.Where(domain => domain.VerifiedAt == null).ExecuteDeleteAsync(cancellationToken);
        await domains.ExecuteUpdateAsync(set => set.SetProperty(domain => domain.RemovedAt, now), cancellationToken);
    }
}
