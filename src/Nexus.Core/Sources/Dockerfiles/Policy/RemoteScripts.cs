using Nexus.Core.Sources.Dockerfiles.Shell;

namespace Nexus.Core.Sources.Dockerfiles.Policy;

/// <summary>Nothing is fetched and run unseen: <c>curl | sh</c>, <c>sh -c "$(wget …)"</c>, <c>bash &lt;(curl …)</c>, <c>curl -o x … &amp;&amp; sh x</c>.</summary>
internal sealed class RemoteScripts : IDockerfileRule
{
    public IEnumerable<Violation> Check(DockerfileReading reading) =>
        from read in reading.Instructions
        where Scripts.Of(read).Any(Runs)
        select new Violation(
            read.Instruction.Line, "remote-script", "Piping a remote script into a shell is not allowed",
            "Install packages with the system's package manager with pinned versions, or keep the script in your repository and COPY it.");

    private static bool Runs(ShellScript script) =>
        script.AllPipelines().Any(PipesIntoInterpreter) || script.AllCommands().Any(RunsSubstitution) || RunsWhatItFetched(script);

    private static bool PipesIntoInterpreter(ShellPipeline pipeline)
    {
        var fetched = false;
        foreach (var command in pipeline.Commands)
        {
            var all = command.WithInner().Select(ShellWords.Program).ToList();
            if (fetched && all.Exists(one => Interpreters.RunsItsInput(one.Program, one.Operands))) return true;
            fetched |= all.Exists(one => IsUnseen(one.Program));
        }

        return false;
    }

    private static bool RunsSubstitution(ShellCommand command)
    {
        var (program, _) = ShellWords.Program(command);
        // With no program of its own, a command that begins with a substitution runs what that prints.
        var runs = Interpreters.IsShell(program) || Interpreters.Evaluates(program) || Interpreters.IsLanguage(program) || program.Length == 0;
        return runs && command.Words.SelectMany(word => word.Inner).SelectMany(inner => inner.AllCommands())
            .Any(inner => IsUnseen(ShellWords.Program(inner).Program) && !(program.Length == 0 && command.Words[0].Text.Contains('=', StringComparison.Ordinal)));
    }

    private static bool RunsWhatItFetched(ShellScript script)
    {
        var files = new HashSet<string>();
        foreach (var command in script.AllCommands())
        {
            var (program, operands) = ShellWords.Program(command);
            var path = command.Words.Select(word => word.Text).FirstOrDefault(text => ShellWords.BaseName(text) == program) ?? "";
            if (path.Contains('/', StringComparison.Ordinal) && files.Contains(program)) return true;
            var interprets = Interpreters.IsShell(program) || Interpreters.Evaluates(program) || Interpreters.IsLanguage(program);
            if (interprets && operands.Any(word => files.Contains(ShellWords.BaseName(word.Text.TrimStart('<'))))) return true;
            if (Interpreters.Fetches(program)) files.UnionWith(FetchedFiles.Of(operands));
        }

        return false;
    }

    private static bool IsUnseen(string program) => Interpreters.Fetches(program) || Interpreters.Hides(program);
}
