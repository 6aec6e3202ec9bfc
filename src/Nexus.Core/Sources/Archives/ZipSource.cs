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
    public async Task UnpackAsync(Stream upload, SourceFolder folder, CancellationToken cancellationToken)
    {
        await using var archive = await SaveAsync(upload, folder, cancellationToken);
        try
        {
            await using var directory = new BudgetStream(archive, ZipEntries.MostDirectoryBytes, () => SourceKind.Archive.TooManyFiles(limits.MostFiles));
            await using var zip = await ZipArchive.CreateAsync(directory, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            var entries = ZipEntries.Judge(zip.Entries, archive.Length, limits);
            directory.Release();
            await WriteAsync(entries, new SourceWriter(folder.Files, SourceKind.Archive, limits), archive.Length, cancellationToken);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw SourceKind.Archive.Error("INVALID", "The upload is no zip archive, or a damaged one.", PackAgain);
        }
    }

    /// <summary>An archive is read from its end, so it has to be whole first.</summary>
    private async Task<FileStream> SaveAsync(Stream upload, SourceFolder folder, CancellationToken cancellationToken)
    {
        var file = new FileStream(Path.Combine(folder.Scratch, "upload.zip"), FileMode.Create, FileAccess.ReadWrite);
        try
        {
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await upload.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (file.Length + read > limits.LargestUploadBytes)
                    throw SourceKind.Archive.Error(
                        "TOO_LARGE",
                        $"The archive is larger than {limits.LargestUploadBytes / (1024 * 1024)} MiB.",
                        "Leave out what the build makes or fetches itself, such as node_modules.");
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
