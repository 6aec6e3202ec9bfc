using Nexus.Core.Databases.Safety.Rules;

namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>
/// Reads the text of a function in SQL or PL/pgSQL by its tokens, so that what it calls is looked up as well. A name before a
/// bracket may be a call, one behind a dot a call by attribute, any name a view or a type, and any name of a forbidden function counts:
/// it errs on the side of seeing too much.
/// </summary>
internal static class BodyReader
{
    private const string OperatorLetters = "~!@#^&|`?+-*/%<>=";
    private static readonly string[] Beginnings = [";", "begin", "then", "else", "loop"];
    private static readonly string[] OfTheTransaction = ["local", "constraints", "transaction"];

    /// <summary>Whether it runs a string that it makes: <c>EXECUTE</c> in all its forms.</summary>
    public static bool RunsStrings(IReadOnlyList<string> tokens) => tokens.Any(token => token.Equals("execute", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it changes settings for longer than the transaction: <c>SET</c> or <c>RESET</c> where a statement begins.</summary>
    public static bool ChangesSettings(IReadOnlyList<string> tokens) => Enumerable.Range(0, tokens.Count).Any(index =>
        (index == 0 || Is(tokens[index - 1], Beginnings))
        && (Is(tokens[index], ["reset"]) || (Is(tokens[index], ["set"]) && !(index + 1 < tokens.Count && Is(tokens[index + 1], OfTheTransaction)))));

    /// <summary>Whether names are written in escapes, which nobody does who has nothing to hide.</summary>
    public static bool HidesNames(IReadOnlyList<string> tokens) => tokens.Any(token => token.StartsWith("U&\"", StringComparison.OrdinalIgnoreCase));

    public static IEnumerable<string> Forbidden(IReadOnlyList<string> tokens) =>
        tokens.Select(Name).OfType<string>().Where(name => FunctionCatalog.Find(name, null) is not null).Distinct();

    public static SqlMentions Mentions(IReadOnlyList<string> tokens)
    {
        var names = Names(tokens).ToList();
        return new(
            [.. names.Where(name => name.IsCalled).Select(name => new SqlFunction(name.Schema, name.Name, null, false, null))
                .Concat(names.Where(name => !name.IsCalled && name.Schema is not null).Select(name => new SqlFunction(null, name.Name, 1, true, null)))],
            [.. names.Where(name => !name.IsCalled).Select(name => new SqlName(name.Schema, name.Name)).Distinct()],
            [],
            [.. tokens.Where(token => token.All(letter => OperatorLetters.Contains(letter))).Select(token => new SqlName(null, token)).Distinct()],
            [.. names.Select(name => new SqlName(null, name.Name)).Distinct()]);
    }

    private static IEnumerable<(string? Schema, string Name, bool IsCalled)> Names(IReadOnlyList<string> tokens)
    {
        for (var index = 0; index < tokens.Count; index++)
        {
            if (Name(tokens[index]) is not { } name) continue;
            var schema = index > 1 && tokens[index - 1] == "." ? Name(tokens[index - 2]) : null;
            yield return (schema, name, index + 1 < tokens.Count && tokens[index + 1] == "(");
        }
    }

    private static bool Is(string token, string[] words) => words.Contains(token, StringComparer.OrdinalIgnoreCase);

    private static string? Name(string token) => token switch
    {
        ['"', .., '"'] => token[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal),
        [var first, ..] when char.IsLetter(first) || first == '_' => token.ToLowerInvariant(),
        _ => null,
    };
}
