using Nexus.Core.Deployments;

namespace Nexus.Core.Domains;

/// <summary>The refusals of domain commands, in one place so that each reads the same everywhere.</summary>
internal static class DomainErrors
{
    public static NexusException NotFound() => new(
        "DOMAIN_NOT_FOUND",
        "The deployment has no such domain.",
        "List its domains to see their ids. A claim that isn't verified in time ends; add it again.",
        "domainId");

    public static NexusException Exists(string name) => new(
        "DOMAIN_EXISTS",
        $"{name} is claimed in this organisation already.",
        "Verify it where it is, or remove it there first.",
        "domain");

    public static NexusException Taken(string name) => new(
        "DOMAIN_TAKEN",
        $"{name} is verified for another organisation of this server.",
        "It has to be removed there first. If the domain is yours, ask the server's operator.",
        "domain");

    public static NexusException TooMany(int most) => new(
        "DOMAIN_LIMIT", $"A deployment has at most {most} domains.", "Remove one that isn't needed.", "domain");

    public static NexusException NotRunning(DeploymentStatus status) => new(
        "DEPLOYMENT_NOT_RUNNING",
        $"The deployment is {status.ToString().ToUpperInvariant()}; only a RUNNING one takes domains.",
        "Wait until it runs (nexusai_deploy_status with waitSeconds), or start it.",
        "deploymentId");

    public static NexusException NotPossible(string message, string hint) =>
        new("DOMAINS_NOT_SET_UP", message, hint, "domain");

    public static NexusException Changed() => new(
        "DOMAIN_CHANGED", "The domain or its deployment changed while DNS was asked.", "Verify it again.", "domainId");

    public static NexusException Invalid(string message, string hint) => new("INVALID_DOMAIN", message, hint, "domain");
}
