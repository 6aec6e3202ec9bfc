using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>The relations that a statement names.</summary>
internal static class Relations
{
    public static SqlName NameOf(SqlNode relation) => new(relation.Text("schemaname"), relation.Text("relname") ?? "");

    /// <summary>Not read: the target of a change, or what DDL makes or alters.</summary>
    public static bool IsWritten(SqlNode relation) =>
        relation.Parent is { } parent && parent.Kind is not ("SelectStmt" or "JoinExpr" or "RangeTableSample" or "IndexStmt" or "LockingClause")
        && relation.Role is not ("fromClause" or "usingClause" or "sourceRelation" or "pktable");

    public static IEnumerable<SqlName> Read(SqlTree tree) =>
        tree.Of("RangeVar").Where(node => !IsWithQuery(node)).OrderBy(node => node.Offset).Select(NameOf).Concat(Dropped(tree)).Distinct();

    /// <summary>Whether a name stands for a query of a WITH that it can see, and not for a table.</summary>
    private static bool IsWithQuery(SqlNode relation)
    {
        if (relation.Text("schemaname") is not null || IsWritten(relation)) return false;
        var name = relation.Text("relname");
        SqlNode below = relation;
        SqlNode? query = null;
        foreach (var above in relation.Above())
        {
            if (below.Kind == "CommonTableExpr") query = below;
            if (above.Kind == "WithClause" && Visible(above, query).Contains(name)) return true;
            if (above.One("withClause") is { } with && with != below && Visible(with, null).Contains(name)) return true;
            below = above;
        }

        return false;
    }

    /// <summary>Within a WITH that isn't recursive, a query sees those before it.</summary>
    private static IEnumerable<string?> Visible(SqlNode with, SqlNode? within) =>
        (within is null || with.Flag("recursive") ? with.All("ctes") : with.All("ctes").TakeWhile(query => query != within)).Select(query => query.Text("ctename"));

    private static IEnumerable<SqlName> Dropped(SqlTree tree) =>
        from node in tree.Of("DropStmt")
        where node.Text("removeType") is "OBJECT_TABLE" or "OBJECT_VIEW" or "OBJECT_MATVIEW" or "OBJECT_SEQUENCE" or "OBJECT_INDEX"
        from listed in node.All("objects")
        let parts = listed.Names("items")
        where parts.Count > 0
        select new SqlName(parts.Count > 1 ? parts[^2] : null, parts[^1]);
}
