using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Organizations;
using Nexus.Core.Storage;

namespace Nexus.Core.Plans;

/// <summary>
/// Holds what a command wants of deployments against the plan, in the command's own transaction, whichever command it is. What was
/// there before a plan was made smaller goes on; only more of it is refused.
/// </summary>
public sealed class PlanGuard(PlanOptions plan)
{
    internal async Task CheckAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var changed = context.Db.ChangeTracker.Entries<Deployment>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified && entry.Entity.Wanted == WantedState.Running).ToList();
        foreach (var entry in changed) Check(entry, context.Now);
        await CheckCountAsync(context, [.. changed.Where(IsStarting).Select(entry => entry.Entity.Id)], cancellationToken);
    }

    /// <summary>What is used of the deployments; null where there is no limit.</summary>
    internal async Task<LimitUse?> ReadDeploymentsAsync(NexusDbContext db, Guid organizationId, CancellationToken cancellationToken) =>
        plan.Deployments is { } limit ? new(limit, await Running(db, organizationId).CountAsync(cancellationToken)) : null;

    private void Check(EntityEntry<Deployment> entry, DateTimeOffset now)
    {
        var deployment = entry.Entity;
        if (deployment.WantedReplicas > plan.Replicas && (IsStarting(entry) || IsChanged(entry, nameof(Deployment.WantedReplicas))))
            throw PlanErrors.Replicas(plan.Replicas.Value, deployment.WantedReplicas);
        if (plan.Providers.Count > 0 && IsStarting(entry) && !plan.Providers.Contains(deployment.Provider))
            throw PlanErrors.Provider(deployment.Provider, plan.Providers);
        if (plan.LongestRun is not { } longest) return;
        if (IsChanged(entry, nameof(Deployment.AutoDestroyAt)) && deployment.AutoDestroyAt > now + longest) throw PlanErrors.LongestRun(longest);
        if (entry.State == EntityState.Added) deployment.AutoDestroyAt ??= now + longest;
    }

    private async Task CheckCountAsync(CommandContext context, IReadOnlyList<Guid> starting, CancellationToken cancellationToken)
    {
        if (plan.Deployments is not { } limit || starting.Count == 0) return;
        await MemberRules.LockAsync(context, cancellationToken); // Others who start something wait until this one is counted.
        var used = await Running(context.Db, context.Actor.OrganizationId)
            .CountAsync(deployment => !starting.Contains(deployment.Id), cancellationToken);
        if (used + starting.Count > limit) throw PlanErrors.Deployments(limit, used);
    }

    private static IQueryable<Deployment> Running(NexusDbContext db, Guid organizationId) => db.Deployments.Where(
        deployment => deployment.OrganizationId == organizationId && deployment.DeletedAt == null && deployment.Wanted == WantedState.Running);

    private static bool IsStarting(EntityEntry<Deployment> entry) =>
        entry.State == EntityState.Added || entry.Property(deployment => deployment.Wanted).OriginalValue != WantedState.Running;

    private static bool IsChanged(EntityEntry<Deployment> entry, string property) =>
        entry.State == EntityState.Added || entry.Property(property).IsModified;
}
