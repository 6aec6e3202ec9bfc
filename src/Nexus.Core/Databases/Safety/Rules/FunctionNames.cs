using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>A name that may be a function's.</summary>
internal sealed record FunctionName(SqlNode Node, string? Schema, string Name, int? Arguments, bool IsAttribute);

/// <summary>Every way in which a statement can name a function.</summary>
internal static class FunctionNames
{
    public static IEnumerable<FunctionName> Of(SqlTree tree) => tree.All.SelectMany(Of);

    private static IEnumerable<FunctionName> Of(SqlNode node) => node.Kind switch
    {
        "FuncCall" => [Named(node, node.Names("funcname"), Arguments(node))],
        "CreateTrigStmt" or "CreateEventTrigStmt" => [Named(node, node.Names("funcname"), 0)],
        // What is dropped or described isn't run.
        "ObjectWithArgs" when node.Parent?.Kind is not ("DropStmt" or "CommentStmt") => [Named(node, node.Names("objname"), null)],
        "ColumnRef" => Attributes(node, node.Names("fields").Skip(1)),
        "A_Indirection" => Attributes(node, node.Names("indirection")),
        "DefElem" when NamesFunction(node) && node.One("arg") is { Kind: "TypeName" } type => [Named(node, type.Names("names"), null)],
        "DefElem" when node.Parent?.Kind == "DefineStmt" && node.One("arg") is { Kind: "List" } list => [Named(node, list.Names("items"), null)],
        _ => [],
    };

    /// <summary>Of the options of a new type only some are functions.</summary>
    private static bool NamesFunction(SqlNode option) => option.Parent?.Kind switch
    {
        "DefineStmt" => true,
        "CreateRangeStmt" => option.Text("defname") is "canonical" or "subtype_diff",
        _ => false,
    };

    /// <summary><c>row.name</c> calls the function <c>name(row)</c> where the row has no such column.</summary>
    private static IEnumerable<FunctionName> Attributes(SqlNode node, IEnumerable<string> names) =>
        names.Where(name => name != "*").Select(name => new FunctionName(node, null, name, 1, true));

    private static int? Arguments(SqlNode call) => call.Flag("func_variadic") ? null : call.All("args").Count() + Ordered(call);

    private static int Ordered(SqlNode call) => call.Flag("agg_within_group") ? call.All("agg_order").Count() : 0;

    private static FunctionName Named(SqlNode node, IReadOnlyList<string> parts, int? arguments) =>
        new(node, parts.Count > 1 ? parts[^2] : null, parts.Count > 0 ? parts[^1] : "", arguments, false);
}
