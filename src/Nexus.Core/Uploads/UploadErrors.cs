namespace Nexus.Core.Uploads;

/// <summary>The refusals of uploads. What is wrong with the archive itself is said as of any archive.</summary>
public static class UploadErrors
{
    public const string TooLargeCode = "ARCHIVE_TOO_LARGE";
    public const string TooManyCode = "TOO_MANY_UPLOADS";
    public const string TimeoutCode = "UPLOAD_TIMEOUT";
    public const string DiskFullCode = "SERVER_DISK_FULL";

    /// <summary>The same for one that never was, one that is gone, and another organisation's.</summary>
    internal static NexusException NotFound() => new(
        "UPLOAD_NOT_FOUND", "There is no such upload, or it has expired.", "Upload the zip again (POST /uploads) and give the repoUrl that it answers.", "repoUrl");

    /// <param name="field">An argument that is for repositories.</param>
    internal static NexusException OnlyForRepositories(string field) => new(
        "INVALID_ARGUMENTS", $"{field} is for repositories; an upload has no such thing.", $"Leave {field} out.", field);

    internal static NexusException TooManyWaiting(int most) => new(
        TooManyCode, $"{most} uploads wait already to be deployed.", "Deploy one of them; what is not deployed goes after 24 hours.");

    internal static NexusException NoRoom(long mostBytes) => new(
        TooManyCode,
        $"The organisation's uploads would be more than {mostBytes / (1024 * 1024)} MiB together.",
        "Delete deployments that were made of uploads: theirs go 24 hours after they were last used. The operator can allow more.");

    internal static NexusException Busy(int most) => new(
        TooManyCode, $"{most} uploads of the organisation are being received already.", "Send it again when one of them has ended.");

    internal static NexusException Timeout() => new(TimeoutCode, "The upload did not come in time.", "Try again; leave out what the build makes or fetches itself.");

    internal static NexusException DiskFull() => new(
        DiskFullCode, "The disk that the server keeps uploads on is full.", "Ask the operator to free space in its data folder.");
}
