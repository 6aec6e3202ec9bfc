namespace Nexus.Mcp.Tools;

/// <summary>The part of the catalog that a client wants to see, and may call: some sets, or only tools that change nothing.</summary>
internal sealed record ToolView(IReadOnlySet<string>? Toolsets, bool ReadOnly)
{
    public static ToolView Whole { get; } = new(null, ReadOnly: false);

    public bool Shows(NexusTool tool) =>
        (Toolsets is null || Toolsets.Contains(tool.Toolset))
        && (!ReadOnly || tool.ProtocolTool.Annotations?.ReadOnlyHint == true);
}
