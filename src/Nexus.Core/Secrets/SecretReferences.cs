using System.Text.RegularExpressions;

namespace Nexus.Core.Secrets;

/// <summary><c>${secret:NAME}</c> in the value of a variable stands for the secret's value.</summary>
internal static partial class SecretReferences
{
    /// <summary>The names that the variables refer to.</summary>
    public static IReadOnlyList<string> In(IReadOnlyDictionary<string, string> variables) =>
        [.. variables.Values.SelectMany(value => Reference().Matches(value)).Select(match => match.Groups["name"].Value).Distinct()];

    public static IReadOnlyDictionary<string, string> Fill(
        IReadOnlyDictionary<string, string> variables, IReadOnlyDictionary<string, string> values) => variables.ToDictionary(
            variable => variable.Key,
            variable => Reference().Replace(variable.Value, match => values[match.Groups["name"].Value]));

    // Whatever stands in the braces is taken for a name, so that a slip is refused and not handed to the application.
    [GeneratedRegex(@"\$\{secret:(?<name>[^}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
