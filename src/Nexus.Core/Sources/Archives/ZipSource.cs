using System.IO.Compression;

namespace Nexus.Core.Sources.Archives;

/// <summary>Unpacks an uploaded zip: plain files and folders only, all below the folder, within the limits as they are really met.</summary>
public sealed class ZipSource(SourceLimits limits)
{
    private const int UnixTypeMask = 0xF000;
    private const int UnixFile = 0x8000;
    private const int UnixFolder = 0x4000;
    private const int UnixExecutable = 0x49;

    /// <exception cref="NexusException"><c>SOURCE_ARCHIVE_INVALID</c> or <c>SOURCE_TOO_LARGE</c>; the folder may hold a part then.</exception>
    public async Task UnpackAsync(Stream archive, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await using var zip = await ZipArchive.CreateAsync(archive, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            await UnpackAsync(zip, archive.Length, Path.GetFullPath(folder), cancellationToken);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw Invalid("The upload is no zip archive, or a damaged one.", "Pack the source again as a plain zip file without a password.");
        }
    }

    private async Task UnpackAsync(ZipArchive zip, long packed, string folder, CancellationToken cancellationToken)
    {
        if (zip.Entries.Count == 0) throw Invalid("The archive is empty.", "Pack the files of the source.");
        if (zip.Entries.Count > limits.MostFiles) throw TooLarge($"The archive has more than {limits.MostFiles} files.");
        var budget = new ByteBudget(Math.Min(limits.LargestBytes, Math.Max(packed, 64 * 1024) * limits.LargestRatio));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            var path = PathOf(entry, folder);
            if (!seen.Add(path)) throw Invalid($"The archive has '{Shown(entry.FullName)}' twice.", "Pack every file once.");
            if (entry.FullName.EndsWith('/')) CreateFolder(path, entry);
            else await WriteAsync(entry, path, budget, cancellationToken);
        }
    }

    private static string PathOf(ZipArchiveEntry entry, string folder)
    {
        var name = entry.FullName;
        var type = (entry.ExternalAttributes >> 16) & UnixTypeMask;
        if (type is not (0 or UnixFile or UnixFolder)) throw Invalid($"'{Shown(name)}' in the archive is a link or a device.", "Replace links with the files that they point to.");
        var parts = name.TrimEnd('/').Split('/');
        var isBad = name.Length is 0 or > 1024 || name.AsSpan().ContainsAny('\\', ':', '\0') || name.Any(char.IsControl) || parts.Any(part => part is "" or "." or "..");
        if (isBad) throw Invalid($"'{Shown(name)}' in the archive is no path inside of it.", "Pack with paths relative to the source's top folder and forward slashes.");
        return Path.Combine([folder, .. parts]);
    }

    private static void CreateFolder(string path, ZipArchiveEntry entry)
    {
        if (File.Exists(path)) throw Clash(entry);
        Directory.CreateDirectory(path);
    }

    private async Task WriteAsync(ZipArchiveEntry entry, string path, ByteBudget budget, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            await using var content = await entry.OpenAsync(cancellationToken);
            await CopyAsync(content, file, budget, cancellationToken);
        }
        catch (IOException) when (Directory.Exists(path) || File.Exists(Path.GetDirectoryName(path)))
        {
            throw Clash(entry);
        }

        if (((entry.ExternalAttributes >> 16) & UnixExecutable) != 0 && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    /// <summary>Counts what really comes: the sizes that an archive states are only claims.</summary>
    private async Task CopyAsync(Stream content, FileStream file, ByteBudget budget, CancellationToken cancellationToken)
    {
        var buffer = new byte[81_920];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (!budget.Take(read))
                throw TooLarge($"The archive unpacks to more than {limits.LargestBytes / (1024 * 1024)} MiB, or to more than {limits.LargestRatio} times its size.");
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private static NexusException Clash(ZipArchiveEntry entry) =>
        Invalid($"'{Shown(entry.FullName)}' in the archive is a file and a folder at once.", "Pack the source again.");

    private static NexusException Invalid(string message, string hint) => new("SOURCE_ARCHIVE_INVALID", message, hint, "code");

    private static NexusException TooLarge(string message) =>
        new("SOURCE_TOO_LARGE", message, "Leave out what the build makes or fetches itself, such as node_modules.", "code");

    private static string Shown(string name) =>
        string.Concat(name.Take(120).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '\uFFFD' : letter));

    private sealed class ByteBudget(long left)
    {
        private long _left = left;

        public bool Take(int bytes) => (_left -= bytes) >= 0;
    }
}
