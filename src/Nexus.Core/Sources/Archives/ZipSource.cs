using System.IO.Compression;
using System.IO.Hashing;
using Nexus.Core.Sources.Folders;

namespace Nexus.Core.Sources.Archives;

/// <summary>Unpacks an uploaded zip: plain files and folders only, within the rules and limits as they are really met.</summary>
internal sealed class ZipSource(SourceLimits limits)
{
    private const string PackAgain = "Pack the source again as a plain zip file without a password.";

    /// <summary>Puts the archive's files into <see cref="SourceFolder.Files"/>.</summary>
    /// <exception cref="NexusException"><c>ARCHIVE_…</c>: it isn't one, or something in it isn't allowed. The folder may hold a part then.</exception>
    public Task UnpackAsync(FileStream archive, SourceFolder folder, CancellationToken cancellationToken) => ReadAsync(
        archive,
        items => WriteAsync(items, new SourceWriter(folder.Files, SourceKind.Archive, limits), archive.Length, cancellationToken),
        cancellationToken);

    /// <summary>How many files the archive says it has. What it says is judged; whether that is true shows when it is unpacked.</summary>
    /// <exception cref="NexusException"><c>ARCHIVE_…</c>: it isn't one, or something in it isn't allowed.</exception>
    public async Task<int> JudgeAsync(FileStream archive, CancellationToken cancellationToken)
    {
        var files = 0;
        await ReadAsync(
            archive,
            items =>
            {
                var names = new SourceEntries(SourceKind.Archive, limits);
                foreach (var item in items)
                {
                    if (item.IsFolder) names.AddFolder(item.Path);
                    else names.AddFile(item.Path);
                }

                files = items.Count(item => !item.IsFolder);
                return Task.CompletedTask;
            },
            cancellationToken);
        return files > 0 ? files : throw SourceKind.Archive.Empty();
    }

    /// <exception cref="NexusException"><c>ARCHIVE_TOO_LARGE</c>.</exception>
    public void CheckPacked(long bytes)
    {
        if (bytes <= limits.LargestUploadBytes) return;
        throw SourceKind.Archive.Error(
            "TOO_LARGE",
            $"The archive is larger than {limits.LargestUploadBytes / (1024 * 1024)} MiB.",
            "Leave out what the build makes or fetches itself, such as node_modules.");
    }

    /// <summary>A place for an archive in the folder's scratch space.</summary>
    public static FileStream CreateArchive(SourceFolder folder) =>
        new(Path.Combine(folder.Scratch, "upload.zip"), FileMode.Create, FileAccess.ReadWrite);

    /// <summary>An archive is read from its end, so it has to be whole first.</summary>
    /// <exception cref="NexusException"><c>ARCHIVE_TOO_LARGE</c>.</exception>
    public async Task<FileStream> SaveAsync(Stream upload, SourceFolder folder, CancellationToken cancellationToken)
    {
        var file = CreateArchive(folder);
        try
        {
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await upload.ReadAsync(buffer, cancellationToken)) > 0)
            {
                CheckPacked(file.Length + read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task ReadAsync(FileStream archive, Func<IReadOnlyList<ZipItem>, Task> read, CancellationToken cancellationToken)
    {
        try
        {
            archive.Position = 0;
            await using var directory = new BudgetStream(archive, ZipEntries.MostDirectoryBytes, () => SourceKind.Archive.TooManyFiles(limits.MostFiles));
            await using var zip = await ZipArchive.CreateAsync(directory, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            var entries = ZipEntries.Judge(zip.Entries, archive.Length, limits);
            directory.Release();
            await read(entries);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw SourceKind.Archive.Error("INVALID", "The upload is no zip archive, or a damaged one.", PackAgain);
        }
    }

    private async Task WriteAsync(IReadOnlyList<ZipItem> items, SourceWriter writer, long packed, CancellationToken cancellationToken)
    {
        var mostBytes = ZipEntries.MostUnpackedBytes(packed, limits);
        foreach (var item in items)
        {
            if (item.IsFolder) writer.CreateFolder(item.Path);
            else await WriteAsync(item, writer, mostBytes, cancellationToken);
        }

        writer.Finish();
    }

    /// <summary>Counts what really comes: the sizes that an archive states are only claims.</summary>
    private static async Task WriteAsync(ZipItem item, SourceWriter writer, long mostBytes, CancellationToken cancellationToken)
    {
        var before = writer.Bytes;
        var sum = new Crc32();
        await using (var file = writer.CreateFile(item.Path, item.IsExecutable))
        await using (var content = await item.Entry.OpenAsync(cancellationToken))
        {
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (writer.Bytes + read > mostBytes) throw ZipEntries.Unfolds();
                sum.Append(buffer.AsSpan(0, read));
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }

        if (writer.Bytes - before != item.Entry.Length || sum.GetCurrentHashAsUInt32() != item.Entry.Crc32) throw new InvalidDataException();
    }
}
