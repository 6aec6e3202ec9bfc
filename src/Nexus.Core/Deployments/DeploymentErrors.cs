namespace Nexus.Core.Deployments;

/// <summary>The refusals of deployment commands, in one place so that each reads the same everywhere.</summary>
internal static class DeploymentErrors
{
    public static NexusException NotFound(string idOrName) => new(
        "DEPLOYMENT_NOT_FOUND",
        $"There is no deployment {Shown(idOrName)}.",
        "List the deployments to see their ids and names.",
        "deploymentId");

    public static NexusException ProjectNotFound() => new(
        "PROJECT_NOT_FOUND", "There is no such project.", "List the projects to see their ids.", "projectId");

    public static NexusException NoProject() => new(
        "PROJECT_NOT_FOUND",
        "You are not assigned to any project.",
        "Ask an Owner or Admin to assign you to one.",
        "projectId");

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

    public static NexusException Invalid(string field, string message, string hint) =>
        new("INVALID_ARGUMENTS", message, hint, field);

    private static string Shown(string idOrName) => idOrName.Length <= 64 ? idOrName : idOrName[..64] + "…";
}
