using System.Text;

namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>Joins continuation lines; comments and empty lines among them are left out, as BuildKit does.</summary>
internal sealed class LogicalLines(SourceLines lines, char escape)
{
    /// <summary>The next instruction's text and the number of its first line; false at the end.</summary>
    public bool TryNext(out string text, out int first)
    {
        var joined = new StringBuilder();
        first = 0;
        while (lines.TryNext(out var line))
        {
            if (IsCommentOrEmpty(line)) continue;
            if (first == 0) (first, line) = (lines.Number, line.TrimStart());
            var continues = Continues(line, out var kept);
            joined.Append(kept);
            if (!continues && joined.Length > 0) break;
            if (!continues) first = 0;
        }

        text = joined.ToString();
        return text.Length > 0;
    }

    private static bool IsCommentOrEmpty(string line)
    {
        var start = line.AsSpan().TrimStart();
        return start.IsEmpty || start[0] == '#';
    }

    private bool Continues(string line, out string kept)
    {
        kept = line;
        var end = line.AsSpan().TrimEnd(" \t").Length;
        if (end == 0 || line[end - 1] != escape) return false;
        // Since BuildKit 0.10 an escaped escape character ends the instruction; before, it continued it.
        if (end > 1 && line[end - 2] == escape)
            throw new DockerfileException(lines.Number, "a line must not end in two escape characters: builders read that in different ways");
        kept = line[..(end - 1)];
        return true;
    }
}
