using Nexus.Core.Access;

namespace Nexus.Mcp.Tools;

/// <summary>Says which operation of the core a tool performs; its scope and permission follow from <see cref="AccessPolicy"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PerformsAttribute(Operation operation) : Attribute
{
    public Operation Operation { get; } = operation;
}
