using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nexus.Core.Databases.Safety;
using Nexus.Core.Databases.Safety.Parsing;
using Nexus.Core.Databases.Safety.Rules;

namespace Nexus.Core.Tests.Databases.Safety;

/// <summary>Ways to write a statement otherwise. Each takes its chances from the generator, so that a seed says what came out.</summary>
internal static partial class SqlMutations
{
    private static readonly SqlParser Parser = new();

    private static readonly string[] Gaps =
    [
        " ", "  ", "\t", "\n", "\r\n", "\f", " \n\t ", "/**/", " /* ; */ ", "/* a /* b */ c */", "/* -- */", "/* ' */", "/* $$ */", "-- x\n", "-- ' /*\n", "--\r\n", "/*\n*/",
    ];

    /// <summary>Around a query.</summary>
    private static readonly string[] AroundQueries =
    [
        "WITH w AS ({0}\n) SELECT * FROM w", "WITH RECURSIVE w AS ({0}\n) TABLE w", "WITH w AS NOT MATERIALIZED (SELECT * FROM ({0}\n) s) SELECT 1 FROM w",
        "SELECT * FROM ({0}\n) AS s", "SELECT EXISTS ({0}\n)", "SELECT ({0}\n)::text", "SELECT CAST(({0}\n) AS text) AS a", "SELECT 1 WHERE 1 IN ({0}\n)",
        "SELECT ARRAY({0}\n)", "SELECT 1 ORDER BY ({0}\n)", "SELECT 1 LIMIT ({0}\n)", "SELECT CASE WHEN EXISTS ({0}\n) THEN 1 END", "SELECT coalesce(({0}\n), NULL)",
        "({0}\n)", "(({0}\n))", "{0}\n UNION ALL SELECT 1", "SELECT 1 UNION ({0}\n)", "SELECT u.* FROM users u, LATERAL ({0}\n) l", "VALUES (1, ({0}\n))",
        "INSERT INTO notes (body) {0}\n", "INSERT INTO notes (body) VALUES (({0}\n)::text)", "UPDATE users SET name = ({0}\n) WHERE id = 1", "DELETE FROM users WHERE id IN ({0}\n)",
        "CREATE TABLE evil AS {0}\n", "CREATE VIEW evil AS {0}\n", "CREATE MATERIALIZED VIEW evil AS {0}\n", "DECLARE c CURSOR FOR {0}\n", "COPY ({0}\n) TO STDOUT",
        "MERGE INTO notes n USING ({0}\n) s ON n.id = 1 WHEN MATCHED THEN DO NOTHING",
    ];

    /// <summary>Around anything.</summary>
    private static readonly string[] AroundStatements =
    [
        "EXPLAIN ANALYZE {0}\n", "EXPLAIN (ANALYZE, VERBOSE) {0}\n", "EXPLAIN (COSTS off, ANALYZE true) {0}\n", "PREPARE p AS {0}\n", "DO $do$ BEGIN {0}\n; END $do$",
        "DO LANGUAGE plpgsql $do$ BEGIN PERFORM 1; {0}\n END $do$", "SELECT 1; {0}\n", "{0}\n; SELECT 1", ";{0}\n", "{0}\n;", "BEGIN; {0}\n; COMMIT", "WITH w AS ({0}\n) SELECT 1",
        "CREATE FUNCTION evil() RETURNS void LANGUAGE sql AS $f$ {0}\n $f$", "CREATE RULE evil AS ON INSERT TO notes DO ALSO {0}\n", "CREATE SCHEMA evil {0}\n", "/* */{0}\n/* */",
    ];

    private static readonly string[] Explained = ["EXPLAIN {0}\n", "EXPLAIN VERBOSE {0}\n", "EXPLAIN (FORMAT json) {0}\n"];

    /// <summary>The same statement: other gaps and other letters outside of what is quoted.</summary>
    public static string Respaced(string sql, Random chance) => OfTokens(sql, token => Cased(token, chance), chance);

    /// <summary>The same deed, perhaps inside something else, or beside it, or not readable any more.</summary>
    /// <param name="explained">Whether EXPLAIN, which doesn't run it, may come around it.</param>
    public static string Disguised(string sql, Random chance, bool explained)
    {
        var disguised = sql;
        for (var step = chance.Next(1, 5); step > 0; step--)
        {
            disguised = chance.Next(5) switch
            {
                0 => Respaced(disguised, chance),
                1 => OfTokens(disguised, token => Requoted(token, chance), chance),
                2 => OfTokens(disguised, token => Calculated(token, chance), chance),
                3 when IsQuery(disguised) => Around(AroundQueries, disguised, chance),
                _ => Around(chance.Next(3) == 0 && explained ? Explained : AroundStatements, disguised, chance),
            };
        }

        return disguised;
    }

    /// <summary>A lone word such as COMMIT in brackets would be a column.</summary>
    private static bool IsQuery(string sql) =>
        Tokens(sql)?.FirstOrDefault(token => token != "(")?.ToUpperInvariant() is "SELECT" or "VALUES" or "TABLE" or "WITH" or "INSERT" or "UPDATE" or "DELETE" or "MERGE";

    private static string Around(string[] frames, string sql, Random chance) =>
        frames[chance.Next(frames.Length)].Replace("{0}", sql.TrimEnd().TrimEnd(';'), StringComparison.Ordinal);

    private static string OfTokens(string sql, Func<string, string> change, Random chance)
    {
        if (Tokens(sql) is not { } tokens) return sql;
        var text = new StringBuilder();
        foreach (var token in tokens) text.Append(change(token)).Append(IsOperator(token) ? " " : "").Append(Gaps[chance.Next(Gaps.Length)]);
        return text.ToString();
    }

    /// <summary>A minus before two of a comment would be one of its own.</summary>
    private static bool IsOperator(string token) => "~!@#^&|`?+-*/%<>=".Contains(token[^1], StringComparison.Ordinal);

    /// <summary>Null where there are none: the text isn't SQL, and stays as it is.</summary>
    private static IReadOnlyList<string>? Tokens(string sql)
    {
        try
        {
            return sql.Contains('\0', StringComparison.Ordinal) ? null : Parser.Tokens(sql);
        }
        catch (SqlSyntaxException)
        {
            return null;
        }
    }

    private static string Cased(string token, Random chance) => Word().IsMatch(token)
        ? string.Concat(token.Select(letter => chance.Next(2) == 0 ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter)))
        : token;

    /// <summary>Names of functions and strings in the other ways of writing them.</summary>
    private static string Requoted(string token, Random chance)
    {
        if (Word().IsMatch(token) && (FunctionCatalog.Find(token.ToLowerInvariant(), null) is not null || SqlCorpus.OwnFunctions.Contains(token.ToLowerInvariant())))
        {
            var name = token.ToLowerInvariant();
            return chance.Next(4) switch
            {
                0 => $"\"{name}\"",
                1 => $"U&\"{Escaped(name[0], "\\")}{name[1..]}\"",
                2 => $"U&\"{name[..^1]}{Escaped(name[^1], "!+00")}\" UESCAPE '!'",
                _ => $"U&\"{string.Concat(name.Select(letter => Escaped(letter, "\\")))}\"",
            };
        }

        if (!PlainString().IsMatch(token)) return token;
        var value = token[1..^1];
        return chance.Next(5) switch
        {
            0 => $"E'{string.Concat(value.Select(letter => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}")))}'",
            1 => $"$${value}$$",
            2 => $"$été_1${value}$été_1$",
            3 => $"U&'{string.Concat(value.Select(letter => Escaped(letter, "\\")))}'",
            _ => $"'{value}'\n''",
        };
    }

    /// <summary>Strings as values that have to be worked out.</summary>
    private static string Calculated(string token, Random chance)
    {
        if (!PlainString().IsMatch(token) || chance.Next(2) == 0) return token;
        return chance.Next(5) switch
        {
            0 => $"({token})",
            1 => $"({token})::text",
            2 => $"CAST({token} AS pg_catalog.text)",
            3 => $"({token} || '')",
            _ => $"(SELECT {token})",
        };
    }

    private static string Escaped(char letter, string escape) => string.Create(CultureInfo.InvariantCulture, $"{escape}{(int)letter:x4}");

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Word();

    [GeneratedRegex("^'[A-Za-z0-9_ .,/:=-]*'$")]
    private static partial Regex PlainString();
}
