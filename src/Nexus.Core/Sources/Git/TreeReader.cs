using System.Globalization;
using System.Text;
using Nexus.Core.Sources.Folders;

namespace Nexus.Core.Sources.Git;

/// <summary>
/// Reads a tree's entries as <c>git ls-tree -r -l -z</c> writes them, and stops at the limits: a tree of a few hundred bytes can
/// unfold to billions of files.
/// </summary>
internal sealed class TreeReader(SourceLimits limits)
{
    private const int LongestEntry = 16 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<TreeEntry> _entries = [];
    private readonly byte[] _entry = new byte[LongestEntry];
    private int _length;
    private long _bytes;

    /// <exception cref="NexusException">More than the limits, a submodule, or a name that is no text.</exception>
    public async Task<IReadOnlyList<TreeEntry>> ReadAsync(Stream output, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await output.ReadAsync(buffer, cancellationToken)) > 0)
            foreach (var letter in buffer.AsSpan(0, read)) Take(letter);
        return _entries;
    }

    private void Take(byte letter)
    {
        if (letter == 0)
        {
            Add(Parse(_entry.AsSpan(0, _length)));
            _length = 0;
            return;
        }

        if (_length == LongestEntry) throw SourceKind.Repository.BadPath("…", $"has a path of more than {SourcePath.LongestPath} bytes");
        _entry[_length++] = letter;
    }

    private void Add(TreeEntry entry)
    {
        if (entry.Kind == TreeEntryKind.Submodule) throw GitErrors.Submodules(entry.Path);
        if (_entries.Count >= limits.MostFiles) throw SourceKind.Repository.TooManyFiles(limits.MostFiles);
        if ((_bytes += entry.Bytes) > limits.LargestBytes) throw GitErrors.TooLarge(limits);
        _entries.Add(entry);
    }

    /// <summary>Mode, type, id and size in columns, a tab, and the path as it is.</summary>
    private static TreeEntry Parse(ReadOnlySpan<byte> entry)
    {
        var tab = entry.IndexOf((byte)'\t');
        var columns = Encoding.ASCII.GetString(entry[..tab]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var bytes = columns[3] == "-" ? 0 : long.Parse(columns[3], CultureInfo.InvariantCulture);
        return new(Text(entry[(tab + 1)..]), columns[2], KindOf(columns[0]), bytes);
    }

    private static TreeEntryKind KindOf(string mode) => mode switch
    {
        "120000" => TreeEntryKind.Link,
        "160000" => TreeEntryKind.Submodule,
        "100755" => TreeEntryKind.Executable,
        _ => TreeEntryKind.File,
    };

    private static string Text(ReadOnlySpan<byte> path)
    {
        try
        {
            return Utf8.GetString(path);
        }
        catch (DecoderFallbackException)
        {
            throw SourceKind.Repository.BadPath(Encoding.ASCII.GetString(path), "has a name that is no Unicode text");
        }
    }
}
