namespace Nexus.Core.Sources.Dockerfiles.Shell;

/// <summary>The scripts that an instruction runs, or makes the container run.</summary>
internal static class Scripts
{
    public static IReadOnlyList<ShellScript> Of(ReadInstruction read)
    {
        var instruction = read.Effective;
        if (instruction.Keyword is not ("RUN" or "CMD" or "ENTRYPOINT" or "SHELL")) return [];
        var line = read.Instruction.Line;
        var scripts = new List<ShellScript>
        {
            instruction.Exec is { } words ? FromWords(words) : ShellReader.Read(instruction.Arguments, read.Variables, line),
        };
        scripts.AddRange(read.Instruction.Heredocs.Select(heredoc => ShellReader.Read(heredoc.Content, read.Variables, line)));
        foreach (var script in scripts.ToArray()) AddGiven(script, read.Variables, line, scripts, depth: 0);
        return scripts;
    }

    private static ShellScript FromWords(IReadOnlyList<string> words) =>
        new([new ShellPipeline([new ShellCommand([.. words.Select(word => new ShellWord(word, []))], null)])]);

    /// <summary><c>sh -c '…'</c>, <c>eval …</c>: words that are scripts themselves.</summary>
    private static void AddGiven(ShellScript script, Variables variables, int line, List<ShellScript> scripts, int depth)
    {
        if (depth > 8) throw new DockerfileException(line, "the shell command is nested too deeply");
        foreach (var command in script.AllCommands())
        {
            var (program, operands) = ShellWords.Program(command);
            if (Interpreters.GivenScript(program, operands) is not { } text) continue;
            var given = ShellReader.Read(text, variables, line);
            scripts.Add(given);
            AddGiven(given, variables, line, scripts, depth + 1);
        }
    }
}
