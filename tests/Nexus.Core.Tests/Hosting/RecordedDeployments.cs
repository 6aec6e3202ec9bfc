using Microsoft.EntityFrameworkCore;
using Nexus.Core.Deployments;
using Nexus.Core.Rollouts;
using Nexus.Core.Storage;

namespace Nexus.Core.Tests.Hosting;

/// <summary>Deployments as years leave them: most are stopped or deleted, some failed. Nothing of them runs.</summary>
public static class RecordedDeployments
{
    private const int AtOnce = 1000;

    private static readonly (WantedState Wanted, DeploymentStatus Status)[] Rests =
        [(WantedState.Stopped, DeploymentStatus.Stopped), (WantedState.Deleted, DeploymentStatus.Deleted), (WantedState.Running, DeploymentStatus.Failed)];

    /// <summary>Records so many in the organisation's first project.</summary>
    public static async Task AddAsync(IDbContextFactory<NexusDbContext> database, int count)
    {
        for (var first = 0; first < count; first += AtOnce)
        {
            await using var db = await database.CreateDbContextAsync();
            var project = await db.Projects.OrderBy(project => project.Id).FirstAsync();
            foreach (var number in Enumerable.Range(first, Math.Min(AtOnce, count - first)))
                Add(db, project.OrganizationId, project.Id, Rests[number % Rests.Length]);
            await db.SaveChangesAsync();
        }
    }

    private static void Add(NexusDbContext db, Guid organization, Guid project, (WantedState Wanted, DeploymentStatus Status) rest)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7();
        var name = $"recorded-{id:N}";
        db.Deployments.Add(new()
        {
            Id = id,
            OrganizationId = organization,
            ProjectId = project,
            Name = name,
            HostLabel = name,
            Environment = DeploymentEnvironment.Development,
            Provider = "docker",
            Wanted = rest.Wanted,
            WantedReplicas = 1,
            TargetRevision = 1,
            Generation = 1,
            Status = rest.Status,
            CreatedAt = now,
            UpdatedAt = now,
            DeletedAt = rest.Wanted == WantedState.Deleted ? now : null,
        });
        db.Revisions.Add(new()
        {
            DeploymentId = id,
            Number = 1,
            Image = "nginx:latest",
            ResolvedImage = "sha256:0",
            Variables = new Dictionary<string, string>(),
            Port = 80,
            Command = [],
            HealthCheck = HealthCheck.Tcp,
            RequestedBy = Guid.Empty,
            CreatedAt = now,
        });
        db.Rollouts.Add(new()
        {
            Id = Guid.CreateVersion7(),
            DeploymentId = id,
            Revision = 1,
            Generation = 1,
            StartedAt = now,
            EndedAt = now,
            Outcome = rest.Status == DeploymentStatus.Failed ? RolloutOutcome.Failed : RolloutOutcome.Succeeded,
        });
    }
}
