using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>Collects the names that are to be looked up in the catalog.</summary>
internal static class MentionReader
{
    private static readonly string[] OperatorFields = ["name", "operName", "useOp"];

    public static SqlMentions Read(ParsedSql sql) => new(
        [.. FunctionNames.Of(sql.Tree).DistinctBy(one => (one.Schema, one.Name, one.Arguments, one.IsAttribute))
            .Select(one => new SqlFunction(one.Schema, one.Name, one.Arguments, one.IsAttribute, sql.PositionOf(one.Node)))],
        [.. sql.Tree.Of("RangeVar").Select(Relations.NameOf).Distinct()],
        [.. sql.Tree.Of("RangeVar").Where(Relations.IsWritten).Select(Relations.NameOf).Distinct()],
        [.. Operators(sql.Tree).Distinct()],
        [.. sql.Tree.Of("TypeName").Select(node => Name(node.Names("names"))).Distinct()]);

    private static IEnumerable<SqlName> Operators(SqlTree tree) =>
        from node in tree.All
        from field in OperatorFields
        where node.Kind is "A_Expr" or "SubLink" or "SortBy"
        let parts = node.Names(field)
        where parts.Count > 0
        select Name(parts);

    private static SqlName Name(IReadOnlyList<string> parts) => new(parts.Count > 1 ? parts[^2] : null, parts.Count > 0 ? parts[^1] : "");
}
