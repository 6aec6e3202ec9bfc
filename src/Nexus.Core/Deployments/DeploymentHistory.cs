using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;
using Nexus.Core.Rollouts;

namespace Nexus.Core.Deployments;

/// <summary>Opens rollouts and appends events.</summary>
internal static class DeploymentHistory
{
    /// <summary>A newer command overtakes the rollout that is still on its way.</summary>
    public static async Task BeginRolloutAsync(
        Deployment deployment, CommandContext context, string word, CancellationToken cancellationToken)
    {
        var overtaken = await context.Db.Rollouts
            .Where(rollout => rollout.DeploymentId == deployment.Id && rollout.Outcome == RolloutOutcome.InProgress)
            .ToListAsync(cancellationToken);
        foreach (var rollout in overtaken) (rollout.Outcome, rollout.EndedAt) = (RolloutOutcome.Superseded, context.Now);

        context.Db.Rollouts.Add(new Rollout
        {
            Id = Guid.CreateVersion7(context.Now),
            DeploymentId = deployment.Id,
            Revision = deployment.TargetRevision,
            Generation = deployment.Generation,
            StartedAt = context.Now,
            Outcome = RolloutOutcome.InProgress,
        });
        RecordCommand(deployment, context, word);
    }

    /// <summary>The newest rollout, ended or not, stays the deployment's newest over a command that needs none of its own.</summary>
    public static async Task CarryRolloutAsync(
        Deployment deployment, CommandContext context, string word, CancellationToken cancellationToken)
    {
        var newest = await context.Db.Rollouts
            .Where(rollout => rollout.DeploymentId == deployment.Id)
            .OrderByDescending(rollout => rollout.Generation)
            .FirstAsync(cancellationToken);
        newest.Generation = deployment.Generation;
        RecordCommand(deployment, context, word);
    }

    public static DeploymentEvent Event(Guid deploymentId, DateTimeOffset at, string kind, string message, string? replica = null) =>
        new() { Id = Guid.CreateVersion7(at), DeploymentId = deploymentId, At = at, Kind = kind, Message = message, Replica = replica };

    private static void RecordCommand(Deployment deployment, CommandContext context, string word) =>
        context.Db.DeploymentEvents.Add(Event(
            deployment.Id, context.Now, $"command.{word}", $"{context.Actor.Email} asked for it through {context.Actor.Surface}"));
}
