namespace Nexus.Core.Databases.Safety.Parsing;

/// <summary>
/// An upper bound of how deep a statement's tree is, from its tokens: each open bracket adds those since the last thing that
/// begins a new branch beside (a comma, AND, OR), and every link of a chain that leans left across them (set operations, joins, BETWEEN).
/// </summary>
internal static class NestingBound
{
    public const int Deepest = 16_384;

    public static int Of(SqlText sql, IEnumerable<SqlToken> tokens)
    {
        var open = new Stack<Level>();
        var (deepest, below, level) = (0, 0, default(Level));
        foreach (var token in tokens)
        {
            switch (Kind(sql.Bytes[token.Start..token.End]))
            {
                case TokenKind.Opens:
                    open.Push(level);
                    below += level.Depth;
                    level = default;
                    break;
                case TokenKind.Closes when open.TryPop(out var outer):
                    below -= outer.Depth;
                    level = outer;
                    break;
                case TokenKind.Branches:
                    level.Chain = 0;
                    break;
                case TokenKind.Leans:
                    level.Links++;
                    break;
            }

            level.Chain++;
            deepest = Math.Max(deepest, below + level.Depth);
        }

        return deepest;
    }

    private static TokenKind Kind(ReadOnlySpan<byte> token)
    {
        if (token.Length == 1)
        {
            return token[0] switch
            {
                (byte)'(' or (byte)'[' => TokenKind.Opens,
                (byte)')' or (byte)']' => TokenKind.Closes,
                (byte)',' or (byte)';' => TokenKind.Branches,
                _ => TokenKind.Other,
            };
        }

        if (token.Length > 9) return TokenKind.Other;
        Span<byte> lower = stackalloc byte[token.Length];
        for (var index = 0; index < token.Length; index++) lower[index] = (byte)(token[index] | 0x20);
        if (lower.SequenceEqual("and"u8) || lower.SequenceEqual("or"u8)) return TokenKind.Branches;
        return lower.SequenceEqual("union"u8) || lower.SequenceEqual("intersect"u8) || lower.SequenceEqual("except"u8)
            || lower.SequenceEqual("join"u8) || lower.SequenceEqual("between"u8) ? TokenKind.Leans : TokenKind.Other;
    }

    private enum TokenKind { Other, Opens, Closes, Branches, Leans }

    private struct Level
    {
        public int Chain;
        public int Links;

        public readonly int Depth => Chain + Links;
    }
}
