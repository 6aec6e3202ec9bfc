using Nexus.Core.Rollouts;

namespace Nexus.Core.Deployments;

/// <summary>What the audit keeps of arguments that may hold secrets.</summary>
internal static class Concealed
{
    private const string Mark = "(hidden)";

    /// <summary>That it was given.</summary>
    public static string? Text(string? text) => text is null ? null : Mark;

    /// <summary>The names, and which of them are taken away.</summary>
    public static IReadOnlyDictionary<string, string?>? Variables(IReadOnlyDictionary<string, string?>? variables) =>
        variables?.ToDictionary(variable => variable.Key, variable => Text(variable.Value));

    /// <summary>Without what looks like a secret.</summary>
    public static string? Command(string? command) => command is null ? null : LogRedactor.Redact(command);

    /// <inheritdoc cref="Command(string?)"/>
    public static IReadOnlyList<string>? Command(IReadOnlyList<string>? command) => command is null ? null : [.. command.Select(part => LogRedactor.Redact(part))];
}
