namespace Nexus.Mcp.Tools;

/// <summary>The set that the tools of a class belong to, for clients that want to see only some.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ToolsetAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
