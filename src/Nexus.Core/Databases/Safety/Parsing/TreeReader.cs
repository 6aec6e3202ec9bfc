using System.Text.Json;

namespace Nexus.Core.Databases.Safety.Parsing;

/// <summary>
/// Makes nodes of the parser's JSON. Where a field may hold several kinds it wraps the node as <c>{"SelectStmt": {…}}</c>; where
/// it holds but one it doesn't, and the kind follows from what is in it. Without recursion: a tree is as deep as its author wants.
/// </summary>
internal static class TreeReader
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = int.MaxValue };

    public static SqlTree Read(byte[] json)
    {
        var root = JsonDocument.Parse(json, Deep).RootElement;
        var all = new List<SqlNode>();
        var statements = new List<SqlNode>();
        if (root.TryGetProperty("stmts", out var raw))
        {
            foreach (var one in raw.EnumerateArray()) statements.Add(Read(new SqlNode("RawStmt", "stmts", null, one), one, all));
        }

        return new(statements, all);
    }

    private static SqlNode Read(SqlNode root, JsonElement json, List<SqlNode> all)
    {
        var waiting = new Stack<(SqlNode Node, JsonElement Json)>([(root, json)]);
        while (waiting.TryPop(out var next))
        {
            all.Add(next.Node);
            var below = new List<(SqlNode Node, JsonElement Json)>();
            foreach (var field in next.Json.EnumerateObject())
            {
                foreach (var value in Objects(field.Value)) below.Add(Child(next.Node, field.Name, value));
            }

            next.Node.Children.AddRange(below.Select(child => child.Node));
            for (var index = below.Count - 1; index >= 0; index--) waiting.Push(below[index]);
        }

        return root;
    }

    private static IEnumerable<JsonElement> Objects(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => [value],
        JsonValueKind.Array => value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object),
        _ => [],
    };

    private static (SqlNode, JsonElement) Child(SqlNode parent, string role, JsonElement json)
    {
        foreach (var field in json.EnumerateObject())
        {
            if (char.IsAsciiLetterUpper(field.Name[0])) return (new(field.Name, role, parent, field.Value), field.Value);
            break;
        }

        return (new(KindOf(role, json), role, parent, json), json);
    }

    private static string KindOf(string role, JsonElement json) => role switch
    {
        "larg" or "rarg" => "SelectStmt",
        "withClause" => "WithClause",
        "intoClause" or "into" => "IntoClause",
        _ when json.TryGetProperty("relname", out _) => "RangeVar",
        _ when json.TryGetProperty("roletype", out _) => "RoleSpec",
        _ when json.TryGetProperty("names", out _) => "TypeName",
        _ => "",
    };
}
