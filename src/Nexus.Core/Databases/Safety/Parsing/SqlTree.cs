namespace Nexus.Core.Databases.Safety.Parsing;

/// <summary>A parsed text: its statements, and every node of all of them, each before those below it.</summary>
internal sealed record SqlTree(IReadOnlyList<SqlNode> Statements, IReadOnlyList<SqlNode> All)
{
    public IEnumerable<SqlNode> Of(string kind) => All.Where(node => node.Kind == kind);

    public IEnumerable<SqlNode> Of(params ReadOnlySpan<string> kinds)
    {
        var wanted = new HashSet<string>(kinds.ToArray(), StringComparer.Ordinal);
        return All.Where(node => wanted.Contains(node.Kind));
    }
}
