using Nexus.Core.Sources.Dockerfiles.Shell;

namespace Nexus.Core.Sources.Dockerfiles.Policy;

/// <summary>Nothing that reaches out of the container: privileges, the host's network, the engine's socket, the insecure builder.</summary>
internal sealed class HostAccess : IDockerfileRule
{
    private const string Fix = "Remove it and design the service to run without elevated access to its host.";

    public IEnumerable<Violation> Check(DockerfileReading reading) => reading.Instructions.SelectMany(Check);

    private static IEnumerable<Violation> Check(ReadInstruction read)
    {
        var line = read.Instruction.Line;
        var words = WordsOf(read).ToList();
        if (words.Exists(word => Is(word, "--privileged"))) yield return new(line, "privileged", "--privileged is not allowed", Fix);
        if (words.Exists(word => Is(word, "--cap-add"))) yield return new(line, "privileged", "--cap-add is not allowed", Fix);
        if (UsesHostNetwork(read, words)) yield return new(line, "host-network", "Host network is not allowed", Fix);
        if (HasFlag(read, "security", "insecure")) yield return new(line, "insecure-build", "RUN --security=insecure is not allowed", Fix);
        if (words.Exists(word => word.Contains("docker.sock", StringComparison.OrdinalIgnoreCase)))
            yield return new(
                line, "docker-socket", "Access to /var/run/docker.sock is not allowed",
                "Remove it: to build or run containers, make deployments of them.");
    }

    private static bool UsesHostNetwork(ReadInstruction read, List<string> words)
    {
        if (HasFlag(read, "network", "host")) return true;
        for (var index = 0; index < words.Count; index++)
        {
            if (words[index] is "--network=host" or "--net=host") return true;
            if (words[index] is "--network" or "--net" && index + 1 < words.Count && words[index + 1] == "host") return true;
        }

        return false;
    }

    private static bool Is(string word, string option) => word == option || word.StartsWith(option + "=", StringComparison.Ordinal);

    private static bool HasFlag(ReadInstruction read, string name, string value) =>
        read.Effective.Flags.Any(flag => flag.Name == name && read.Expand(flag.Value).Trim().Equals(value, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> WordsOf(ReadInstruction read)
    {
        var instruction = read.Effective;
        var scripts = Scripts.Of(read);
        var words = scripts.SelectMany(script => script.AllCommands()).SelectMany(command => command.Words).Select(word => word.Text);
        var values = instruction.Keyword is "ENV" or "ARG" or "LABEL" or "MAINTAINER" ? [] : instruction.Flags.Select(flag => flag.Value);
        var paths = instruction.Keyword is "COPY" or "ADD" or "VOLUME" or "WORKDIR" or "ENV" or "ARG"
            ? instruction.Exec ?? [.. Words.Split(instruction.Arguments, read.Escape).Select(word => Words.Unquote(word, read.Escape))]
            : [];
        return words.Concat(values).Concat(paths).Concat(read.Instruction.Heredocs.Where(_ => instruction.Keyword != "RUN").Select(heredoc => heredoc.Content));
    }
}
