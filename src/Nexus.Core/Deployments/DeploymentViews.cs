using Nexus.Core.Rollouts;

namespace Nexus.Core.Deployments;

/// <summary>Turns what is stored into what callers see.</summary>
internal sealed class DeploymentViews(ServerAddresses addresses)
{
    public DeploymentSummary Summary(Deployment deployment, string image) => new()
    {
        Id = deployment.Id,
        Name = deployment.Name,
        DisplayName = deployment.DisplayName,
        Status = deployment.Status,
        Url = addresses.AppUrl(deployment.HostLabel),
        ProjectId = deployment.ProjectId,
        Environment = deployment.Environment,
        Provider = deployment.Provider,
        Region = deployment.Region,
        Image = image,
        Revision = deployment.TargetRevision,
        ActiveRevision = deployment.ActiveRevision,
        ReplicasWanted = deployment.Wanted == WantedState.Running ? deployment.WantedReplicas : 0,
        ReplicasReady = deployment.ReadyReplicas,
        CreatedAt = deployment.CreatedAt,
        UpdatedAt = deployment.UpdatedAt,
        AutoDestroyAt = deployment.AutoDestroyAt,
        Services = deployment.Services.Count == 0 ? null : deployment.Services,
    };

    public DeploymentReport Report(Deployment deployment, string image, Rollout? rollout) =>
        new(Summary(deployment, image), rollout is null ? null : View(rollout), deployment.LastFailure);

    private static RolloutView View(Rollout rollout) =>
        new(rollout.Revision, rollout.Outcome, rollout.StartedAt, rollout.EndedAt, rollout.Steps);
}
