using System.Text;
using Nexus.Core.Sources.Folders;

namespace Nexus.Core.Sources.Git;

/// <summary>
/// Copies blobs from <c>git cat-file --batch</c> into a source. Git makes no work tree: no filter, attribute or hook of the
/// repository has a say, and every path passes the same rules as one from an archive.
/// </summary>
internal sealed class BlobReader(BufferedStream output, SourceWriter writer)
{
    private const int LongestLink = 4095;

    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <exception cref="NexusException">The path, the link or the sum isn't allowed, or the file is a pointer of Git LFS.</exception>
    public async Task CopyAsync(TreeEntry entry, CancellationToken cancellationToken)
    {
        await ReadHeaderAsync(cancellationToken);
        if (entry.Kind == TreeEntryKind.Link) writer.AddLink(entry.Path, await ReadTargetAsync(entry, cancellationToken));
        else await CopyFileAsync(entry, cancellationToken);
        await FillAsync(1, cancellationToken); // The line feed after each.
    }

    /// <summary>Id, type and size, which the tree has told already.</summary>
    private async Task ReadHeaderAsync(CancellationToken cancellationToken)
    {
        do await FillAsync(1, cancellationToken);
        while (_buffer[0] != '\n');
    }

    private async Task<string> ReadTargetAsync(TreeEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Bytes > LongestLink) throw SourceKind.Repository.BadLink(entry.Path);
        await FillAsync((int)entry.Bytes, cancellationToken);
        var target = Encoding.UTF8.GetString(_buffer, 0, (int)entry.Bytes);
        return target.Length > 0 && !target.Contains('\0') ? target : throw SourceKind.Repository.BadLink(entry.Path);
    }

    private async Task CopyFileAsync(TreeEntry entry, CancellationToken cancellationToken)
    {
        await using var file = writer.CreateFile(entry.Path, entry.Kind == TreeEntryKind.Executable);
        for (var left = entry.Bytes; left > 0;)
        {
            var part = (int)Math.Min(left, _buffer.Length);
            await FillAsync(part, cancellationToken);
            if (left == entry.Bytes && LfsPointer.Is(_buffer.AsSpan(0, part))) throw GitErrors.LargeFiles(entry.Path);
            await file.WriteAsync(_buffer.AsMemory(0, part), cancellationToken);
            left -= part;
        }
    }

    private ValueTask FillAsync(int bytes, CancellationToken cancellationToken) =>
        output.ReadExactlyAsync(_buffer.AsMemory(0, bytes), cancellationToken);
}
