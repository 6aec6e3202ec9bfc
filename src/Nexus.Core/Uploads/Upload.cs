namespace Nexus.Core.Uploads;

/// <summary>A zip that somebody sent to build from. The whole organisation may; its bytes are in <see cref="UploadChunk"/>s.</summary>
public sealed class Upload
{
    /// <summary>How long one is kept that nothing was built from.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid UploadedBy { get; init; }
    public required long Bytes { get; init; }
    public required int Files { get; init; }

    /// <summary>Of the archive, in hex.</summary>
    public required string Sha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when it is kept although no deployment uses it. Each use puts it off.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
