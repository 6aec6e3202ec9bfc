namespace Nexus.Core.Commands;

/// <summary>What every command takes beside its own arguments.</summary>
/// <param name="RequestId">Idempotency key: the same key with the same arguments is done once within 24 hours.</param>
/// <param name="DryRun">Check everything and say what would change, and change nothing.</param>
/// <param name="ExpectedRevision">Refuse when the deployment's revision is another.</param>
public sealed record CommandOptions(string? RequestId = null, bool DryRun = false, int? ExpectedRevision = null)
{
    public const int LongestRequestId = 128;

    public static CommandOptions None { get; } = new();
}
