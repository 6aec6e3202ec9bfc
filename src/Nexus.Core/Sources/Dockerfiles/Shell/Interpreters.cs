namespace Nexus.Core.Sources.Dockerfiles.Shell;

/// <summary>Programs that run what they are given, and programs that fetch it.</summary>
internal static class Interpreters
{
    private static readonly HashSet<string> Shells =
        ["sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "fish", "csh", "tcsh", "rbash", "pwsh", "powershell"];

    private static readonly HashSet<string> Evaluators = ["eval", "source", "."];

    private static readonly string[] Languages = ["python", "perl", "ruby", "node", "nodejs", "php", "lua", "deno", "bun"];

    private static readonly HashSet<string> Downloaders =
        ["curl", "wget", "wget2", "fetch", "aria2c", "axel", "lynx", "lwp-request", "GET", "http", "https", "xh", "nc", "ncat", "netcat", "socat"];

    /// <summary>What they put out can't be read here, so it must not be run.</summary>
    private static readonly HashSet<string> Decoders = ["base64", "base32", "xxd", "openssl", "uudecode", "rev"];

    public static bool Fetches(string program) => Downloaders.Contains(program);

    public static bool Hides(string program) => Decoders.Contains(program);

    public static bool IsShell(string program) => Shells.Contains(program);

    public static bool Evaluates(string program) => Evaluators.Contains(program);

    public static bool IsLanguage(string program) =>
        Array.Exists(Languages, language => program.StartsWith(language, StringComparison.Ordinal)
            && program.Skip(language.Length).All(letter => char.IsAsciiDigit(letter) || letter == '.'));

    /// <summary>Whether it would run what comes through the pipe: a shell always, a language unless it has a program of its own.</summary>
    public static bool RunsItsInput(string program, IReadOnlyList<ShellWord> operands) =>
        IsShell(program) || Evaluates(program)
        || IsLanguage(program) && operands.All(word => word.Text is "-" or "-u" or "-s" or "-x" || word.Text.StartsWith('<') || word.Text.StartsWith('>'));

    /// <summary>The script among the words: after <c>-c</c> for a shell, all words for <c>eval</c>.</summary>
    public static string? GivenScript(string program, IReadOnlyList<ShellWord> operands)
    {
        if (program == "eval") return string.Join(' ', operands.Select(word => word.Text));
        if (!IsShell(program) && program is not ("su" or "runuser")) return null;
        var option = operands.ToList().FindIndex(word => IsCommandOption(word.Text));
        return option >= 0 && option + 1 < operands.Count ? operands[option + 1].Text : null;
    }

    /// <summary><c>-c</c>, also among others as in <c>-euxc</c>.</summary>
    private static bool IsCommandOption(string text) =>
        text is "--command" or "-Command" || text.Length > 1 && text[0] == '-' && text[1] != '-' && text.EndsWith('c');
}
