using Nexus.Core.Storage;

namespace Nexus.Core.Deployments;

/// <summary>
/// The one place that says which revisions are still needed: of each deployment that isn't deleted the wanted and the active one,
/// and the newest of those that have served, so many as the operator wants to be able to roll back to.
/// </summary>
internal static class NeededRevisions
{
    public static IQueryable<Revision> NeededRevisionsOf(this NexusDbContext db, int kept) =>
        from revision in db.Revisions
        join deployment in db.Deployments on revision.DeploymentId equals deployment.Id
        where deployment.DeletedAt == null
            && (revision.Number == deployment.TargetRevision
                || revision.Number == deployment.ActiveRevision
                || (revision.ServedAt != null && kept > db.Revisions.Count(newer =>
                    newer.DeploymentId == deployment.Id && newer.Number > revision.Number && newer.ServedAt != null)))
        select revision;
}
