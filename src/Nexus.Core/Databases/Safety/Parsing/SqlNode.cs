using System.Text.Json;

namespace Nexus.Core.Databases.Safety.Parsing;

/// <summary>A node of the parse tree: its kind as PostgreSQL names it, e.g. <c>SelectStmt</c>, and the field of its parent that it stands in.</summary>
internal sealed class SqlNode(string kind, string role, SqlNode? parent, JsonElement json)
{
    public string Kind { get; } = kind;

    public string Role { get; } = role;

    public SqlNode? Parent { get; } = parent;

    public List<SqlNode> Children { get; } = [];

    /// <summary>Where it stands, in bytes; the parser leaves out a zero.</summary>
    public int? Offset => Number("location") is > 0 and var offset ? offset : null;

    public string? Text(string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public bool Flag(string field) => json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.True;

    public int Number(string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;

    public bool Has(string field) => json.TryGetProperty(field, out _);

    public IEnumerable<SqlNode> All(string field) => Children.Where(child => child.Role == field);

    public SqlNode? One(string field) => Children.Find(child => child.Role == field);

    /// <summary>A name of one or more parts, as it stands in a list of strings.</summary>
    public IReadOnlyList<string> Names(string field) => [.. All(field).Select(part => part.Text("sval") ?? part.Text("str") ?? "*")];

    public IEnumerable<SqlNode> Above()
    {
        for (var node = Parent; node is not null; node = node.Parent) yield return node;
    }

    /// <summary>This node and all below it, each before those below it.</summary>
    public IEnumerable<SqlNode> WithBelow()
    {
        var waiting = new Stack<SqlNode>([this]);
        while (waiting.TryPop(out var node))
        {
            yield return node;
            for (var index = node.Children.Count - 1; index >= 0; index--) waiting.Push(node.Children[index]);
        }
    }
}
