using Nexus.Core.Secrets;

namespace Nexus.Core.AttachedDatabases;

/// <summary>A database that runs beside a deployment, for it alone, with credentials that were made for it.</summary>
public sealed class AttachedDatabase : ISealedRow
{
    /// <summary>Both of the user and of the database in it.</summary>
    public const string Name = "app";

    public required Guid DeploymentId { get; init; }
    public required AttachedDatabaseKind Kind { get; init; }

    /// <summary>The image as it was configured when the database was made: what its data were written by.</summary>
    public required string Image { get; init; }

    /// <summary>What the image resolved to; from then on that is what runs.</summary>
    public string? ResolvedImage { get; set; }

    public string KeyId { get; set; } = "";

    /// <summary>The password.</summary>
    public byte[] Sealed { get; set; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public string Place => $"attached/{DeploymentId:N}/{Kind}";
}
