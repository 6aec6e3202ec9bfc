using Nexus.Core.Databases.Safety.Rules;

namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>
/// Reads the text of a function in SQL or PL/pgSQL by its tokens, so that what it calls is looked up as well. A name before a
/// bracket may be a call, and any other name of a forbidden function counts too: it errs on the side of seeing too much.
/// </summary>
internal static class BodyReader
{
    /// <summary>Whether it runs a string that it makes: <c>EXECUTE</c> in all its forms.</summary>
    public static bool RunsStrings(IReadOnlyList<string> tokens) => tokens.Any(token => token.Equals("execute", StringComparison.OrdinalIgnoreCase));

    public static IEnumerable<string> Forbidden(IReadOnlyList<string> tokens) =>
        tokens.Select(Name).OfType<string>().Where(name => FunctionCatalog.Find(name, null) is not null).Distinct();

    public static IEnumerable<SqlFunction> Calls(IReadOnlyList<string> tokens)
    {
        for (var index = 0; index + 1 < tokens.Count; index++)
        {
            if (tokens[index + 1] != "(" || Name(tokens[index]) is not { } name) continue;
            var schema = index > 1 && tokens[index - 1] == "." ? Name(tokens[index - 2]) : null;
            yield return new(schema, name, null, false, null);
        }
    }

    private static string? Name(string token) => token switch
    {
        ['"', .., '"'] => token[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal),
        [var first, ..] when char.IsLetter(first) || first == '_' => token.ToLowerInvariant(),
        _ => null,
    };
}
