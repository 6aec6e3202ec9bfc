using System.Text.RegularExpressions;

namespace Nexus.Core.Rollouts;

/// <summary>Takes known secrets and common token shapes out of what containers print, before it leaves the engine.</summary>
public static partial class LogRedactor
{
    private const string Redacted = "[redacted]";

    /// <param name="known">The deployment's own secrets.</param>
    public static string Redact(string line, IReadOnlyList<string> known) =>
        Redact(known.Aggregate(line, (text, secret) => text.Replace(secret, Redacted, StringComparison.Ordinal)));

    public static string Redact(string line) =>
        Assignments().Replace(Tokens().Replace(line, Redacted), match => match.Groups["key"].Value + Redacted);

    /// <summary>Whether the text holds a token that is known by its shape.</summary>
    public static bool HoldsToken(string text) => Tokens().IsMatch(text);

    /// <summary>Tokens that are known by their shape: JSON Web Tokens, and the prefixes of well-known issuers.</summary>
    [GeneratedRegex(
        @"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+|\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|sk-[\w-]{20,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|nxk_\w{16,}|npm_\w{30,})",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tokens();

    /// <summary>What follows words that announce a secret, and passwords in connection addresses.</summary>
    [GeneratedRegex(
        @"(?<key>(?:password|passwd|secret|api[_-]?key|access[_-]?token|authorization)[""']?\s*[=:]\s*[""']?(?:bearer\s+|basic\s+)?|://[^\s:/@]{1,100}:(?=[^\s/@]{1,200}@))[^\s""'&,;@]{3,}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Assignments();
}
