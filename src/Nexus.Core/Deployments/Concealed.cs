using System.Text.RegularExpressions;
using Nexus.Core.Rollouts;

namespace Nexus.Core.Deployments;

/// <summary>What the audit keeps of arguments that may hold secrets.</summary>
internal static partial class Concealed
{
    private const string Mark = "(hidden)";
    private const string Flag = @"--?[\w-]{0,64}?(?:pass|pwd|secret|token|credential|api[_-]?key)(?>[\w-]*)"; // Bounded, so that no text takes long.

    /// <summary>That it was given.</summary>
    public static string? Text(string? text) => text is null ? null : Mark;

    /// <summary>The names, and which of them are taken away.</summary>
    public static IReadOnlyDictionary<string, string?>? Variables(IReadOnlyDictionary<string, string?>? variables) =>
        variables?.ToDictionary(variable => variable.Key, variable => Text(variable.Value));

    /// <summary>Without what looks like a secret.</summary>
    public static string? Command(string? command) =>
        command is null ? null : FlagAndValue().Replace(LogRedactor.Redact(command), match => match.Groups["flag"].Value + Mark);

    /// <inheritdoc cref="Command(string?)"/>
    public static IReadOnlyList<string>? Command(IReadOnlyList<string>? command) => command is null
        ? null
        : [.. command.Select((part, index) => IsValue(command, index) ? Mark : Command(part)!)];

    /// <summary>Whether the part before it is a flag such as <c>--password</c> alone, and this one isn't the next flag.</summary>
    private static bool IsValue(IReadOnlyList<string> command, int index) =>
        index > 0 && !command[index].StartsWith('-') && WholeFlag().IsMatch(command[index - 1]);

    [GeneratedRegex($"^{Flag}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex WholeFlag();

    [GeneratedRegex($"""(?<flag>(?<![\w-]){Flag}(?>\s+|=))(?:"[^"]*"|'[^']*'|[^\s"'-]\S*?(?=["']?(?:\s|$)))""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex FlagAndValue();
}
