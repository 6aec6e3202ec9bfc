using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;

namespace Nexus.Core.Secrets;

/// <summary>Binds a new revision to the newest versions of the secrets that its variables and its source name. An unknown name is refused here, not at the start.</summary>
internal static class SecretBinding
{
    public static async Task BindAsync(
        Deployment deployment, Revision revision, CommandContext context, CancellationToken cancellationToken)
    {
        var repository = revision.Source?.SecretName;
        var names = SecretReferences.In(revision.Variables).Concat(repository is null ? [] : [repository]).Distinct().ToList();
        if (names.Count == 0) return;
        var reachable = await ReachableAsync(deployment, names, context, cancellationToken);
        foreach (var name in names)
        {
            var secret = reachable.Where(secret => secret.Name == name).MaxBy(SecretReach.Closeness)
                ?? throw (name == repository ? SecretErrors.UnknownRepository(name, deployment) : SecretErrors.Unknown(name, deployment));
            context.Db.Add(new SecretUse
            {
                DeploymentId = deployment.Id,
                Revision = revision.Number,
                Name = name,
                SecretId = secret.Id,
                Version = secret.Version,
            });
        }
    }

    /// <summary>Refuses to bring a revision back whose secrets are gone.</summary>
    public static async Task CheckStillBoundAsync(Revision revision, CommandContext context, CancellationToken cancellationToken)
    {
        var origin = revision.Origin;
        var bound = await context.Db.SecretUses
            .Where(use => use.DeploymentId == revision.DeploymentId && use.Revision == origin)
            .Select(use => use.Name)
            .ToListAsync(cancellationToken);
        if (SecretReferences.In(revision.Variables).Except(bound).FirstOrDefault() is { } gone)
            throw SecretErrors.NoLongerThere(revision.Number, gone);
    }

    private static Task<List<Secret>> ReachableAsync(
        Deployment deployment, IReadOnlyList<string> names, CommandContext context, CancellationToken cancellationToken) =>
        context.Db.Secrets
            .Where(secret => secret.OrganizationId == deployment.OrganizationId && names.Contains(secret.Name)
                && (secret.ProjectId == null || secret.ProjectId == deployment.ProjectId)
                && (secret.Environment == null || secret.Environment == deployment.Environment))
            .ToListAsync(cancellationToken);
}
