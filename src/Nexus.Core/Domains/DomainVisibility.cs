using Microsoft.EntityFrameworkCore;
using Nexus.Core.Deployments;

namespace Nexus.Core.Domains;

/// <summary>The one place that narrows domains to those that count now. Who sees the deployment sees its domains.</summary>
internal static class DomainVisibility
{
    public static IQueryable<CustomDomain> Counting(this IQueryable<CustomDomain> domains, DateTimeOffset now) => domains.Where(
        domain => domain.RemovedAt == null && (domain.VerifiedAt != null || domain.ClaimedUntil > now));

    public static async Task<CustomDomain> GetAsync(
        this IQueryable<CustomDomain> domains, Deployment deployment, Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await domains.Counting(now).FirstOrDefaultAsync(
            domain => domain.DeploymentId == deployment.Id && domain.Id == id, cancellationToken)
                ?? throw DomainErrors.NotFound();

    /// <summary>Whether another organisation has or had the name: then that DNS points here proves nothing.</summary>
    public static Task<bool> WasAnothersAsync(
        this IQueryable<CustomDomain> domains, string name, Guid organizationId, CancellationToken cancellationToken) => domains.AnyAsync(
            domain => domain.Name == name && domain.OrganizationId != organizationId && domain.VerifiedAt != null, cancellationToken);
}
