namespace Nexus.Core.Secrets;

/// <summary>The version of a secret that a revision took when it was made. A rollback brings it back with the rest.</summary>
public sealed class SecretUse
{
    public required Guid DeploymentId { get; init; }

    /// <summary>The revision whose content refers to the secret; rollbacks to it share it.</summary>
    public required int Revision { get; init; }

    public required string Name { get; init; }
    public required Guid SecretId { get; init; }
    public required int Version { get; init; }
}
