using System.Buffers;

namespace Nexus.Core.Sources.Dockerfiles.Shell;

/// <summary>What a command's words mean.</summary>
internal static class ShellWords
{
    public static readonly SearchValues<char> NameLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Programs that only start another.</summary>
    private static readonly HashSet<string> Wrappers =
    [
        "sudo", "doas", "env", "nohup", "exec", "command", "builtin", "busybox", "nice", "ionice", "timeout", "stdbuf", "setsid", "xargs",
        "chroot", "gosu", "su-exec", "tini", "time", "unshare",
    ];

    /// <summary>The program that is run in the end, and its words: past assignments, wrappers and the wrappers' options.</summary>
    public static (string Program, IReadOnlyList<ShellWord> Operands) Program(ShellCommand command)
    {
        var wrapped = false;
        for (var index = 0; index < command.Words.Count; index++)
        {
            var text = command.Words[index].Text;
            var name = BaseName(text);
            var isWrapper = Wrappers.Contains(name);
            wrapped |= isWrapper;
            var isPassed = isWrapper || IsAssignment(text) || wrapped && (text.StartsWith('-') || text.Length > 0 && char.IsAsciiDigit(text[0]));
            if (!isPassed) return (name, [.. command.Words.Skip(index + 1)]);
        }

        return ("", []);
    }

    public static string BaseName(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static bool IsAssignment(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && text.AsSpan(0, equals).IndexOfAnyExcept(NameLetters) < 0;
    }
}
