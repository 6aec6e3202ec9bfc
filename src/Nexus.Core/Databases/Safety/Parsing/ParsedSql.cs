namespace Nexus.Core.Databases.Safety.Parsing;

/// <summary>A text, the same with its comments blanked, its tree, and the one statement printed so that it reads the same again; null where that can't be had.</summary>
internal sealed record ParsedSql(SqlText Text, SqlText Bare, SqlTree Tree, string? Printed)
{
    /// <summary>Where a node stands; the parser records no place for some, and then the first below them that has one counts.</summary>
    public int PositionOf(SqlNode node) =>
        Text.Position(node.WithBelow().Select(one => one.Offset).FirstOrDefault(offset => offset is not null) ?? StartOf(node));

    private int StartOf(SqlNode node)
    {
        var start = node.Above().Append(node).Max(one => one.Number("stmt_location"));
        var bytes = Bare.Bytes;
        while (start < bytes.Length - 1 && char.IsWhiteSpace((char)bytes[start])) start++;
        return start;
    }
}
