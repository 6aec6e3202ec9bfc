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

    public static NexusException Invalid(string field, string message, string hint) =>
        new("INVALID_ARGUMENTS", message, hint, field);
}
