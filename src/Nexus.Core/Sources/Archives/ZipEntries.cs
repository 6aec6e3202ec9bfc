using System.IO.Compression;
using Nexus.Core.Sources.Folders;

namespace Nexus.Core.Sources.Archives;

/// <summary>Judges what an archive says of itself, before anything is unpacked. What it says may be a lie: the limits are met again while unpacking.</summary>
internal static class ZipEntries
{
    /// <summary>For the list of entries, which is held in memory.</summary>
    public const long MostDirectoryBytes = 16 * 1024 * 1024;

    private const int UnixTypeMask = 0xF000;
    private const int UnixFile = 0x8000;
    private const int UnixFolder = 0x4000;
    private const int SmallestForRatio = 64 * 1024;
    private const string MacResources = "__MACOSX/";

    /// <summary>The files and folders to write, without a single top folder, as Git hosts pack them.</summary>
    /// <exception cref="NexusException">An entry isn't allowed, or the sum is beyond a limit.</exception>
    public static IReadOnlyList<ZipItem> Judge(IReadOnlyCollection<ZipArchiveEntry> all, long packed, SourceLimits limits)
    {
        var entries = all.Where(entry => !entry.FullName.StartsWith(MacResources, StringComparison.Ordinal)).ToList();
        if (entries.Count > limits.MostFiles) throw SourceKind.Archive.TooManyFiles(limits.MostFiles);
        foreach (var entry in entries) Check(entry);
        CheckSum(entries, packed, limits);
        var top = TopFolder(entries);
        return [.. entries.Where(entry => entry.FullName.Length > top.Length).Select(entry => Item(entry, top))];
    }

    public static long MostUnpackedBytes(long packed, SourceLimits limits) => Math.Max(packed, SmallestForRatio) * limits.LargestRatio;

    public static NexusException Unfolds() => SourceKind.Archive.Error(
        "TOO_LARGE", "The archive unpacks to many times its size.", "Leave out files that hold almost nothing but repetition.");

    private static void Check(ZipArchiveEntry entry)
    {
        var path = WithoutSlash(entry.FullName);
        if (entry.IsEncrypted)
            throw SourceKind.Archive.Error(
                "ENCRYPTED", $"'{ShownText.Of(path)}' in the archive is encrypted.", "Pack the source again without a password.");
        if (((entry.ExternalAttributes >> 16) & UnixTypeMask) is not (0 or UnixFile or UnixFolder))
            throw SourceKind.Archive.Error(
                "LINK_NOT_ALLOWED",
                $"'{ShownText.Of(path)}' in the archive is a link or a device.",
                "Replace links with the files that they point to.");
        if ((SourcePath.Problem(path) ?? UploadPath.Problem(path)) is { } problem) throw SourceKind.Archive.BadPath(path, problem);
    }

    private static void CheckSum(List<ZipArchiveEntry> entries, long packed, SourceLimits limits)
    {
        var sum = 0L;
        foreach (var entry in entries)
        {
            sum += entry.Length; // Each is checked, so that the sum can't overflow.
            if (sum > limits.LargestBytes || entry.Length < 0) throw SourceKind.Archive.TooLarge(limits.LargestBytes);
            if (sum > MostUnpackedBytes(packed, limits)) throw Unfolds();
        }
    }

    private static string TopFolder(List<ZipArchiveEntry> entries)
    {
        if (entries.Count == 0) return "";
        var top = entries[0].FullName[..(entries[0].FullName.IndexOf('/') + 1)];
        return entries.All(entry => entry.FullName.StartsWith(top, StringComparison.Ordinal)) ? top : "";
    }

    private static ZipItem Item(ZipArchiveEntry entry, string top)
    {
        var path = entry.FullName[top.Length..];
        return new(entry, WithoutSlash(path), path.EndsWith('/'));
    }

    private static string WithoutSlash(string path) => path.EndsWith('/') ? path[..^1] : path;
}
