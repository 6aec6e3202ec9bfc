using Microsoft.Extensions.Primitives;
using Nexus.Auth.Authorization;
using OpenIddict.Abstractions;

namespace Nexus.Auth.Http;

/// <summary>What any parameter of any request must be: once, of bearable length, and text that can be stored.</summary>
internal static class ParameterRules
{
    private const int MostCharacters = 8192;

    /// <summary>What is wrong with one of them; null when nothing is.</summary>
    public static string? ProblemOf(IEnumerable<KeyValuePair<string, StringValues>> parameters)
    {
        foreach (var (name, values) in parameters)
        {
            if (values.Count > 1 && !MayRepeat(name)) return $"the parameter {Printable.Shorten(name)} was sent more than once";
            if (values.Any(value => value?.Length > MostCharacters))
                return $"the parameter {Printable.Shorten(name)} is longer than {MostCharacters} characters";
        }

        return null;
    }

    /// <summary>Whether a NUL is in a name or a value; PostgreSQL can't even be asked for one.</summary>
    public static bool HasNul(IEnumerable<KeyValuePair<string, StringValues>> parameters) =>
        parameters.Any(parameter => parameter.Key.Contains('\0') || parameter.Value.Any(value => value?.Contains('\0') is true));

    // RFC 8707 §2: several resources may be named. The consent page's form sends one field for each ticked scope.
    private static bool MayRepeat(string name) => name is OpenIddictConstants.Parameters.Resource or ConsentQuestion.ScopeField;
}
