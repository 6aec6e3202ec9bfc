namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>
/// Reads a Dockerfile as BuildKit's parser does (moby/buildkit, frontend/dockerfile/parser). What it can't read, or what builders
/// read in different ways, is an error: nothing is guessed that a policy relies on.
/// </summary>
internal static class DockerfileParser
{
    private static readonly HashSet<string> Keywords =
    [
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN",
        "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
    ];

    private static readonly HashSet<string> WithJson = ["ADD", "CMD", "COPY", "ENTRYPOINT", "RUN", "SHELL", "VOLUME"];

    private static readonly char[] Blanks = ['\t', '\v', '\f', '\r', ' '];

    public static Dockerfile Parse(string text)
    {
        var lines = new SourceLines(text);
        var directives = Directives.Read(lines.All);
        var logical = new LogicalLines(lines, directives.Escape);
        var instructions = new List<Instruction>();
        while (logical.TryNext(out var line, out var first))
        {
            var instruction = Read(line, first);
            instructions.Add(instruction with { Heredocs = HeredocsOf(instruction, lines) });
        }

        if (!instructions.Exists(instruction => instruction.Keyword == "FROM"))
            throw new DockerfileException(Math.Max(1, instructions.Count == 0 ? 1 : instructions[0].Line), "it has no FROM instruction");
        return new(directives.Syntax, directives.Escape, instructions);
    }

    private static Instruction Read(string text, int line)
    {
        var blank = text.IndexOfAny(Blanks);
        var keyword = (blank < 0 ? text : text[..blank]).ToUpperInvariant();
        if (!Keywords.Contains(keyword)) throw new DockerfileException(line, $"unknown instruction {Shown.Of(keyword)}");
        var (flags, rest) = Flags.Read(keyword, blank < 0 ? "" : text[blank..].Trim(), line);
        if (rest.Length == 0) throw new DockerfileException(line, $"{keyword} needs an argument");
        return new()
        {
            Keyword = keyword,
            Flags = flags,
            Arguments = rest,
            Exec = WithJson.Contains(keyword) ? ExecForm.TryRead(rest, line) : null,
            Line = line,
            Inner = keyword switch { "ONBUILD" => OnBuild(rest, line), "HEALTHCHECK" => HealthCheck(rest, line), _ => null },
        };
    }

    private static Instruction OnBuild(string text, int line)
    {
        var inner = Read(text, line);
        return inner.Keyword is "ONBUILD" or "FROM" or "MAINTAINER"
            ? throw new DockerfileException(line, $"{inner.Keyword} is not possible in ONBUILD")
            : inner;
    }

    private static Instruction? HealthCheck(string text, int line)
    {
        if (text.Equals("NONE", StringComparison.OrdinalIgnoreCase)) return null;
        var inner = Read(text, line);
        return inner.Keyword == "CMD" ? inner : throw new DockerfileException(line, "HEALTHCHECK needs CMD or NONE");
    }

    private static IReadOnlyList<Heredoc> HeredocsOf(Instruction instruction, SourceLines lines)
    {
        var target = instruction.Keyword == "ONBUILD" ? instruction.Inner! : instruction;
        var canHave = target.Keyword is "RUN" or "COPY" or "ADD" && target.Exec is null;
        return canHave ? HeredocReader.Read(target.Arguments, lines, instruction.Line) : [];
    }
}
