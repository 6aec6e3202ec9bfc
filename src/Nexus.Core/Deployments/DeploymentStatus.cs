namespace Nexus.Core.Deployments;

/// <summary>The state of a deployment as callers see it. Stored by name, upper-case outside.</summary>
public enum DeploymentStatus
{
    Queued,
    Building,
    Deploying,
    Running,
    Degraded,
    Stopped,
    Failed,
    Deleted,
}
