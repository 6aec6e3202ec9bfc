namespace Nexus.Core.AttachedDatabases;

internal static class AttachedDatabaseErrors
{
    public static NexusException NotSupported(string provider) => new(
        "SERVICES_NOT_SUPPORTED",
        $"The provider {provider} runs no databases beside a deployment.",
        "Use a managed database and put its credentials into the secrets vault, or deploy to docker.",
        "services");

    public static NexusException Twice(AttachedDatabaseKind kind) => new(
        "INVALID_ARGUMENTS",
        $"services has {kind.ToString().ToLowerInvariant()} twice.",
        "A deployment has one database of a kind at most.",
        "services");
}
