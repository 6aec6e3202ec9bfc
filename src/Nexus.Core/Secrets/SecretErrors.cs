using Nexus.Core.Deployments;

namespace Nexus.Core.Secrets;

/// <summary>The refusals of the vault. None of them holds a value.</summary>
internal static class SecretErrors
{
    public static NexusException NotFound() => new(
        "SECRET_NOT_FOUND", "There is no such secret.", "List the secrets to see their ids.", "secretId");

    public static NexusException Exists(string name, string id) => new(
        "SECRET_EXISTS",
        $"A secret named {name} exists already for this project and environment.",
        $"Give it a new value with nexusai_secrets_update and secretId {id}, or choose another name.",
        "name");

    public static NexusException InUse(string name, IReadOnlyList<string> deployments) => new(
        "SECRET_IN_USE",
        $"{name} is used by {string.Join(", ", deployments)}.",
        "Redeploy them without it or delete them first; revisions that can be rolled back to count too.",
        "secretId");

    public static NexusException Unknown(string name, Deployment deployment) => new(
        "SECRET_NOT_FOUND",
        $"envVars refer to a secret {Shown(name)}, and there is none for this project in {deployment.Environment.ToString().ToUpperInvariant()}.",
        "Create it with nexusai_secrets_create, or list the secrets to see their names.",
        "envVars");

    public static NexusException UnknownRepository(string name, Deployment deployment) => new(
        "SECRET_NOT_FOUND",
        $"There is no secret {Shown(name)} for this project in {deployment.Environment.ToString().ToUpperInvariant()}.",
        "Keep the repository's token with nexusai_secrets_create, or list the secrets to see their names.",
        "repoSecretName");

    public static NexusException NoLongerThere(int revision, string name) => new(
        "SECRET_NOT_FOUND",
        $"Revision {revision} used the secret {name}, which has been deleted.",
        "Create it again and redeploy, or roll back to another revision.",
        "targetRevision");

    public static NexusException Invalid(string field, string message, string hint) =>
        new("INVALID_ARGUMENTS", message, hint, field);

    private static string Shown(string name) => name.Length <= SecretName.Longest ? name : name[..SecretName.Longest] + "…";
}
