namespace Nexus.Core.Databases.Sources;

/// <summary>The refusals of sources. None of them holds a password.</summary>
internal static class SourceErrors
{
    public static NexusException NotFound() => new(
        "SOURCE_NOT_FOUND", "There is no such database source.", "List the sources to see their ids.", "sourceId");

    public static NexusException Exists(string name, Guid id) => new(
        "SOURCE_EXISTS",
        $"A source named {name} exists already.",
        $"Use it with sourceId {id}, delete it first, or choose another name.",
        "name");

    public static NexusException Unreadable() => new(
        "SECRET_UNREADABLE",
        "The password of this source can't be opened with the server's key.",
        "Delete the source and connect it again with its password.",
        "sourceId");

    public static NexusException Busy(int most) => new(
        "SOURCE_BUSY",
        $"{most} queries are running on this source already, and none ended in time.",
        "Try again when they are done, or make them cheaper.",
        "sourceId");

    public static NexusException Invalid(string field, string message, string hint) =>
        new("INVALID_ARGUMENTS", message, hint, field);
}
