namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>The pairs of ENV, ARG and LABEL, quotes still in place; the value is null where none is given.</summary>
internal static class NameValues
{
    public static IReadOnlyList<(string Name, string? Value)> Read(Instruction instruction, char escape)
    {
        var words = Words.Split(instruction.Arguments, escape);
        var isLegacy = instruction.Keyword != "ARG" && words.Count > 0 && !words[0].Contains('=', StringComparison.Ordinal);
        if (isLegacy) return [Legacy(instruction, words)];
        return [.. words.Select(word => Pair(instruction, word))];
    }

    /// <summary><c>ENV NAME the rest</c></summary>
    private static (string Name, string? Value) Legacy(Instruction instruction, IReadOnlyList<string> words) =>
        words.Count < 2
            ? throw new DockerfileException(instruction.Line, $"{instruction.Keyword} needs a name and a value")
            : (words[0], instruction.Arguments.TrimStart()[words[0].Length..].TrimStart());

    private static (string Name, string? Value) Pair(Instruction instruction, string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0 && instruction.Keyword != "ARG")
            throw new DockerfileException(instruction.Line, $"{instruction.Keyword} needs name=value, but has {Shown.Of(word)}");
        return equals switch
        {
            < 0 => (word, null),
            0 => throw new DockerfileException(instruction.Line, $"{instruction.Keyword} has a value without a name"),
            _ => (word[..equals], word[(equals + 1)..]),
        };
    }
}
