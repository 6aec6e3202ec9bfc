using System.Text.RegularExpressions;
using Nexus.Core.Rollouts;
using Nexus.Core.Sources.Dockerfiles.Shell;

namespace Nexus.Core.Sources.Dockerfiles.Policy;

/// <summary>No value that looks like a secret: by the name it is given, by its shape, or by the address that it is part of.</summary>
internal sealed partial class HardCodedSecrets : IDockerfileRule
{
    private static readonly HashSet<string> NoSecrets = new(StringComparer.OrdinalIgnoreCase)
        { "true", "false", "yes", "no", "0", "1", "none", "null", "dummy", "placeholder", "unused", "build", "nothing" };

    public IEnumerable<Violation> Check(DockerfileReading reading) =>
        from read in reading.Instructions
        where Holds(read)
        select new Violation(
            read.Instruction.Line, "hardcoded-secret", "Dockerfile appears to contain hardcoded secrets",
            "Remove the value, keep it in the secrets vault and hand it over as an environment variable; for builds use RUN --mount=type=secret.");

    private static bool Holds(ReadInstruction read)
    {
        var instruction = read.Effective;
        var text = instruction.Arguments + string.Concat(read.Instruction.Heredocs.Select(heredoc => "\n" + heredoc.Content));
        if (LogRedactor.HoldsToken(text) || PrivateKey().IsMatch(text) || AddressWithPassword().IsMatch(text)) return true;
        if (instruction.Keyword is "ENV" or "ARG" or "LABEL")
            return NameValues.Read(instruction, read.Escape).Any(pair => IsSecret(pair.Name, Words.Unquote(pair.Value ?? "", read.Escape)));
        return Scripts.Of(read).SelectMany(script => script.AllCommands()).Any(HoldsAssignment);
    }

    private static bool HoldsAssignment(ShellCommand command)
    {
        for (var index = 0; index < command.Words.Count; index++)
        {
            var text = command.Words[index].Text;
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && equals < 100 && IsSecret(text[..equals].TrimStart('-'), text[(equals + 1)..])) return true;
            if (Authorization().IsMatch(text)) return true;
        }

        return false;
    }

    private static bool IsSecret(string name, string value) =>
        Name().IsMatch(name) && value.Length > 0 && !NoSecrets.Contains(value) && value[0] is not ('$' or '/' or '<');

    [GeneratedRegex(
        @"(?:^|[_.-])(?:password|passwd|passphrase|pwd|pass|secret|token|api[_-]?key|apikey|access[_-]?key|access[_-]?key[_-]?id|private[_-]?key|secret[_-]?key|secret[_-]?key[_-]?base|encryption[_-]?key|credentials?)\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"[a-zA-Z][a-zA-Z0-9+.-]{0,20}://[^\s:/@$""'{}]{0,100}:[^\s/@$""'{}]{1,200}@", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AddressWithPassword();

    [GeneratedRegex(@"\bauthorization:\s*(?:bearer|basic|token)\s+[^\s$]{6,}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Authorization();
}
