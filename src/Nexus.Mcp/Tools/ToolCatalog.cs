using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace Nexus.Mcp.Tools;

/// <summary>Every tool of the endpoint, in the contract's order.</summary>
internal sealed class ToolCatalog
{
    private static readonly Type[] Rooms = [typeof(IdentityTools)];

    public ToolCatalog(IServiceProvider services)
    {
        Tools = [.. Rooms.SelectMany(room => ToolsOf(room, services))];
        Collection = [.. Tools];
    }

    public IReadOnlyList<NexusTool> Tools { get; }

    /// <summary>The same tools in the form in which the SDK looks them up.</summary>
    public McpServerPrimitiveCollection<McpServerTool> Collection { get; }

    private static IEnumerable<NexusTool> ToolsOf(Type room, IServiceProvider services) =>
        from method in room.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let performs = method.GetCustomAttribute<PerformsAttribute>()
        where performs is not null
        let tool = McpServerTool.Create(
            method,
            request => ActivatorUtilities.CreateInstance(request.Services!, room),
            new() { Services = services, SerializerOptions = ToolJson.Options })
        select new NexusTool(
            tool, tool.ProtocolTool, performs.Operation, room.GetCustomAttribute<ToolsetAttribute>()!.Name);
}
