namespace Nexus.Core.Deployments;

/// <summary>Where a deployment stands on its way to users. Stored and shown by name, upper-case outside.</summary>
public enum DeploymentEnvironment
{
    Development,
    Staging,
    Production,
}
