namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>The lines of a Dockerfile, read one after the other: no byte-order mark, no line ends.</summary>
internal sealed class SourceLines
{
    /// <summary>BuildKit's scanner gives up at longer lines.</summary>
    private const int LongestLine = 65_535;

    private readonly string[] _lines;

    public SourceLines(string text)
    {
        var firstNul = text.IndexOf('\0', StringComparison.Ordinal);
        if (firstNul >= 0) throw new DockerfileException(text.AsSpan(0, firstNul).Count('\n') + 1, "it holds a NUL character");
        _lines = text.TrimStart('\uFEFF').Split('\n');
        for (var index = 0; index < _lines.Length; index++)
        {
            if (_lines[index].EndsWith('\r')) _lines[index] = _lines[index][..^1];
            if (_lines[index].Length > LongestLine) throw new DockerfileException(index + 1, $"the line is longer than {LongestLine} characters");
        }
    }

    /// <summary>The number of the line that was read last, from 1.</summary>
    public int Number { get; private set; }

    public IReadOnlyList<string> All => _lines;

    public bool TryNext(out string line)
    {
        line = Number < _lines.Length ? _lines[Number] : "";
        if (Number == _lines.Length) return false;
        Number++;
        return true;
    }
}
