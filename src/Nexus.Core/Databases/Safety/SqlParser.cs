using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety;

/// <summary>PostgreSQL's own parser (libpg_query), loaded from this machine.</summary>
public sealed class SqlParser
{
    private readonly Lazy<PgQueryLibrary?> _library = new(LibraryFinder.Find);

    /// <summary>Whether the library was found.</summary>
    public bool IsAvailable => _library.Value is not null;

    private PgQueryLibrary Library => _library.Value ?? throw new NexusException(
        "PARSER_UNAVAILABLE",
        "SQL cannot be checked here: PostgreSQL's parser, libpg_query, is not installed on the Nexus server.",
        "Ask the operator to install it: apt-get install libpg-query-dev on Debian and Ubuntu (./run does as root), or build libpg_query 15 or later. Then restart Nexus.");

    /// <exception cref="NexusException"><c>PARSER_UNAVAILABLE</c>.</exception>
    public void Require() => _ = Library;

    /// <summary>Reads a text with its comments blanked out, and goes on with it where the stack is deep; <see cref="SqlSyntaxException"/> where it can't.</summary>
    internal T Parse<T>(string sql, Func<ParsedSql, T> then)
    {
        var library = Library;
        var text = SqlText.Of(sql);
        return DeepStack.Run(() => then(Parse(library, text)));
    }

    /// <summary>The tokens of a text; for code in other languages than SQL that are scanned alike.</summary>
    internal IReadOnlyList<string> Tokens(string sql)
    {
        var library = Library;
        var text = SqlText.Of(sql);
        return DeepStack.Run(() => Texts(Scan(library, text), text));
    }

    /// <summary>Each from its start to the next one's, since the scanner tells of <c>U&amp;"…"</c> but the first letter.</summary>
    private static List<string> Texts(List<SqlToken> tokens, SqlText text) =>
    [
        .. tokens.Zip(tokens.Skip(1).Select(next => next.Start).Append(text.Bytes.Length), (token, next) => token with { End = next })
            .Where(token => !IsComment(text, token)).Select(token => text.Slice(token).TrimEnd(' ', '\t', '\r', '\n', '\f')),
    ];

    private static ParsedSql Parse(PgQueryLibrary library, SqlText text)
    {
        var tokens = Scan(library, text);
        var comments = tokens.Where(token => IsComment(text, token)).ToList();
        tokens.RemoveAll(token => IsComment(text, token));
        if (NestingBound.Of(text, tokens) > NestingBound.Deepest) throw new SqlSyntaxException("the statement is nested too deeply", null);
        var bare = text.Without(comments);
        var json = ParseBare(library, text, bare);
        var tree = TreeReader.Read(json);
        return new(text, bare, tree, tree.Statements.Count == 1 ? SamePrinted(library, bare, json) : null);
    }

    private static byte[] ParseBare(PgQueryLibrary library, SqlText text, SqlText bare)
    {
        try
        {
            return library.Parse(bare);
        }
        catch (SqlSyntaxException wrong) when (wrong.Position is { } position)
        {
            // A character of a comment may have become several spaces.
            throw new SqlSyntaxException(wrong.Message, text.Position(bare.Offset(position)));
        }
    }

    /// <summary>What the parser prints, if it reads that as it read the original; otherwise the original without comments.</summary>
    private static string? SamePrinted(PgQueryLibrary library, SqlText bare, byte[] json) =>
        new Func<string>[] { () => library.Print(bare), () => System.Text.Encoding.UTF8.GetString(bare.Bytes) }
            .Select(print => Reread(library, print, json)).FirstOrDefault(printed => printed is not null);

    private static string? Reread(PgQueryLibrary library, Func<string> print, byte[] json)
    {
        try
        {
            var printed = print();
            return TreeComparer.Same(json, library.Parse(SqlText.Of(printed))) ? printed : null;
        }
        catch (SqlSyntaxException)
        {
            return null;
        }
    }

    private static List<SqlToken> Scan(PgQueryLibrary library, SqlText text) => TokenReader.Read(library.Scan(text));

    private static bool IsComment(SqlText text, SqlToken token) =>
        text.Bytes[token.Start..token.End].StartsWith("--"u8) || text.Bytes[token.Start..token.End].StartsWith("/*"u8);
}
