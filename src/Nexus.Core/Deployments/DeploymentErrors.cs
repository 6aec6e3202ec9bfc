using Nexus.Core.Access;

namespace Nexus.Core.Deployments;

/// <summary>The refusals of deployment commands, in one place so that each reads the same everywhere.</summary>
internal static class DeploymentErrors
{
    public static NexusException NotFound(string idOrName) => new(
        "DEPLOYMENT_NOT_FOUND",
        $"There is no deployment {Shown(idOrName)}.",
        "List the deployments to see their ids and names.",
        "deploymentId");

    public static NexusException EnvironmentNotAllowed(
        Role role, DeploymentEnvironment environment, IReadOnlyList<DeploymentEnvironment> allowed) => new(
        "ENVIRONMENT_NOT_ALLOWED",
        $"The role {role} may not deploy to {environment.ToString().ToUpperInvariant()}.",
        $"Allowed: {string.Join(", ", allowed).ToUpperInvariant()}. An Owner or Admin can grant more.",
        "environment");

    public static NexusException ProviderNotAllowed(Role role, string providerId) => new(
        "PROVIDER_NOT_ALLOWED",
        $"The role {role} may not deploy to {providerId}.",
        "List the providers to see which ones you may use. An Owner or Admin can grant more.",
        "provider");

    public static NexusException NameTaken(string name, string free) => new(
        "NAME_TAKEN",
        $"A deployment named {name} exists already.",
        $"Use another name, e.g. {free}, or redeploy or delete the one that has it.",
        "name");

    public static NexusException RevisionConflict(int expected, int actual) => new(
        "REVISION_CONFLICT",
        $"The deployment is at revision {actual}, not {expected}.",
        "Read its status, decide again, and pass the revision that you saw.",
        "expectedRevision");

    public static NexusException RevisionNotFound(int number, int newest) => new(
        "REVISION_NOT_FOUND",
        $"There is no revision {number}.",
        $"Revisions are 1 to {newest}; leave targetRevision out for the last one that ran healthy before.",
        "targetRevision");

    public static NexusException NoEarlierRevision() => new(
        "NO_EARLIER_REVISION",
        "No revision before this one has run healthy, so there is none to go back to.",
        "Redeploy with overrides that mend it, or give targetRevision.",
        "targetRevision");

    public static NexusException RevisionIncomplete(int number) => new(
        "REVISION_INCOMPLETE",
        $"Revision {number} never got as far as having an image.",
        "Give a revision that has run, or redeploy with what it was to have.",
        "targetRevision");

    public static NexusException ImageGone(int number) => new(
        "IMAGE_GONE",
        $"The image of revision {number} is no longer on the engine, and no registry has it.",
        "Give a newer revision, or redeploy with an image.",
        "targetRevision");

    public static NexusException NothingIsBuilt(string field) => Invalid(
        field, $"{field} is for deployments from source; this one runs an image.", field == "code" ? "Give overrides.framework with it, or overrides.image." : "Give overrides.image instead.");

    public static NexusException CannotMove(string provider) => Invalid(
        "provider", $"The deployment runs on {provider} and can't be moved.", "Create another deployment there and delete this one.");

    public static NexusException Invalid(string field, string message, string hint) =>
        new("INVALID_ARGUMENTS", message, hint, field);

    private static string Shown(string idOrName) => idOrName.Length <= 64 ? idOrName : idOrName[..64] + "…";
}
