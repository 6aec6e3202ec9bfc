namespace Nexus.Core.Uploads;

/// <summary>A part of an upload: in the database, as the worker that unpacks it may be another process on another machine.</summary>
public sealed class UploadChunk
{
    internal const int Length = 1024 * 1024;

    public required Guid UploadId { get; init; }

    /// <summary>From 0.</summary>
    public required int Number { get; init; }

    public required byte[] Content { get; init; }
}
