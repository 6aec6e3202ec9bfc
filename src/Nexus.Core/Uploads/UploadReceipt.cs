namespace Nexus.Core.Uploads;

/// <summary>What the sender of an upload gets.</summary>
/// <param name="UploadId">Its id.</param>
/// <param name="RepoUrl">What to deploy it by.</param>
/// <param name="Bytes">Of the archive.</param>
/// <param name="Files">In it.</param>
/// <param name="ExpiresAt">Until when it is kept if nothing is built from it.</param>
public sealed record UploadReceipt(Guid UploadId, string RepoUrl, long Bytes, int Files, DateTimeOffset ExpiresAt);
