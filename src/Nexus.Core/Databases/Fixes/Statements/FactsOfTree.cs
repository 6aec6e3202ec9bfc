using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Fixes.Statements;

/// <summary>Reads what a statement wants of the schema from its parse tree.</summary>
internal static class FactsOfTree
{
    public static StatementFacts Read(SqlTree tree)
    {
        var queries = tree.Of("CommonTableExpr").Select(query => query.Text("ctename")).ToHashSet();
        var tables = tree.Of("RangeVar").Select(Table).Where(table => table.Schema is not null || !queries.Contains(table.Name)).Distinct().ToList();
        return new(
            tables,
            [.. Assigned(tree), .. tree.Of("ColumnRef").Select(Referenced).OfType<UsedColumn>()],
            [.. tree.All.Where(node => node.Role == "onConflictClause").SelectMany(ConflictColumns).Distinct()],
            [.. tree.Of("Constraint").Where(one => one.Text("contype") == "CONSTR_FOREIGN" && one.One("pktable") is not null).Select(Key)]);
    }

    private static UsedTable Table(SqlNode relation) =>
        new(relation.Text("schemaname"), relation.Text("relname") ?? "", relation.One("alias")?.Text("aliasname"));

    private static IEnumerable<UsedColumn> Assigned(SqlTree tree) =>
        tree.Of("InsertStmt").SelectMany(Inserted).Concat(tree.Of("UpdateStmt").SelectMany(Updated));

    private static IEnumerable<UsedColumn> Inserted(SqlNode insert)
    {
        var target = insert.One("relation") is { } relation ? Table(relation) : null;
        var values = insert.One("selectStmt")?.One("valuesLists")?.All("items").ToList() ?? [];
        return insert.All("cols").Select((column, place) => new UsedColumn(
            target?.Alias ?? target?.Name, column.Text("name") ?? "", place < values.Count ? ValueShapes.Of(values[place]) : ValueShape.Unknown, IsAssigned: true));
    }

    private static IEnumerable<UsedColumn> Updated(SqlNode update)
    {
        var target = update.One("relation") is { } relation ? Table(relation) : null;
        return update.All("targetList").Select(column => new UsedColumn(
            target?.Alias ?? target?.Name, column.Text("name") ?? "", column.One("val") is { } value ? ValueShapes.Of(value) : ValueShape.Unknown, IsAssigned: true));
    }

    /// <summary>Null for a star and for a row of excluded values, which have no name of a column.</summary>
    private static UsedColumn? Referenced(SqlNode reference)
    {
        var parts = reference.Names("fields");
        if (parts.Count is 0 or > 3 || parts[^1] == "*" || parts is ["excluded", _]) return null;
        var isCompared = reference is { Role: "rexpr", Parent: { Kind: "A_Expr" } comparison } && comparison.One("lexpr")?.Kind == "ColumnRef";
        return new(parts.Count > 1 ? parts[^2] : null, parts[^1], ShapeBeside(reference), IsCompared: isCompared);
    }

    private static ValueShape ShapeBeside(SqlNode reference) =>
        reference is { Role: "lexpr", Parent: { Kind: "A_Expr" } comparison } && comparison.One("rexpr") is { } other ? ValueShapes.Of(other) : ValueShape.Unknown;

    private static IEnumerable<string> ConflictColumns(SqlNode clause) =>
        clause.One("infer")?.All("indexElems").Select(element => element.Text("name")).OfType<string>() ?? [];

    /// <summary>It stands at a column, or by itself and names columns of the same statement.</summary>
    private static UsedKey Key(SqlNode constraint)
    {
        var own = constraint.Names("fk_attrs");
        var types = constraint.Parent is { Kind: "ColumnDef" } column
            ? [TypeOf(column)]
            : constraint.Above().Last().WithBelow().Where(node => node.Kind == "ColumnDef" && own.Contains(node.Text("colname"))).Select(TypeOf).ToList();
        return new(Table(constraint.One("pktable")!), constraint.Names("pk_attrs"), types);
    }

    private static string TypeOf(SqlNode column) => column.One("typeName")?.Names("names") is [.., var name] ? name : "";
}
