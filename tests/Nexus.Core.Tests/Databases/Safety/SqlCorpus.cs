using System.Text.RegularExpressions;
using Nexus.Testing;

namespace Nexus.Core.Tests.Databases.Safety;

/// <summary>A statement of the corpus and its verdict.</summary>
public sealed record CorpusStatement(string Name, string Verdict, string Sql);

/// <summary>The statements of <c>tests/corpora/sql</c>; its README says how they are written.</summary>
public static partial class SqlCorpus
{
    private const string Separator = "=== ";

    public static IReadOnlyList<CorpusStatement> Hostile { get; } = Read("hostile");

    public static IReadOnlyList<CorpusStatement> Legitimate { get; } = Read("legitimate");

    /// <summary>The names of the functions that the schema makes.</summary>
    public static IReadOnlySet<string> OwnFunctions { get; } = MadeFunction().Matches(Schema).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

    public static string Schema => File.ReadAllText(Repository.At("tests", "corpora", "sql", "schema.sql"));

    private static CorpusStatement[] Read(string folder) =>
    [
        .. Directory.EnumerateFiles(Repository.At("tests", "corpora", "sql", folder), "*.sql").Order(StringComparer.Ordinal)
            .SelectMany(file => Statements(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file))),
    ];

    private static IEnumerable<CorpusStatement> Statements(string file, string text) =>
        from part in ('\n' + text).Split('\n' + Separator).Skip(1).Select(part => part + '\n')
        let end = part.IndexOf('\n', StringComparison.Ordinal)
        let head = part[..end].Split(": ")
        select new CorpusStatement($"{file}/{head[0]}", head[1], part[(end + 1)..].TrimEnd('\n').Replace("{{NUL}}", "\0", StringComparison.Ordinal));

    [GeneratedRegex(@"CREATE FUNCTION (\w+)")]
    private static partial Regex MadeFunction();
}
