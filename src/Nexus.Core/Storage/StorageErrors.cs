namespace Nexus.Core.Storage;

/// <summary>What keeps an operator's command or a start from using the database.</summary>
public static class StorageErrors
{
    public static NexusException NotSetUp() => new(
        "NOT_SET_UP", "No server of this version has started on this database yet.",
        "Start one first, and give this command the same settings.");

    /// <param name="what">What doesn't open, e.g. <c>The signing key</c>.</param>
    public static NexusException WrongEncryptionKey(string what) => new(
        "WRONG_ENCRYPTION_KEY", $"{what} in the database doesn't open with ENCRYPTION_KEY.",
        "Start with the key that sealed it. To change the key, set the old one as ENCRYPTION_KEY_PREVIOUS and run: Nexus.Server vault rotate");
}
