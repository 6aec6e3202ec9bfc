using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Nexus.Mcp.Tools;

/// <summary>Every tool of the endpoint, in the contract's order.</summary>
internal sealed class ToolCatalog
{
    /// <summary>The classes whose methods they are; one is made for each call.</summary>
    public static IReadOnlyList<Type> Rooms { get; } =
    [
        typeof(IdentityTools), typeof(ProjectTools), typeof(ProviderTools), typeof(DeploymentTools), typeof(DeploymentCommandTools),
        typeof(DeploymentSourceTools), typeof(DeploymentRevisionTools), typeof(SecretTools), typeof(DomainTools), typeof(UsageTools),
        typeof(DatabaseSourceTools), typeof(DatabaseQueryTools), typeof(DatabaseFixTools),
    ];

    public ToolCatalog(IServiceProvider services)
    {
        Tools = [.. Rooms.SelectMany(room => ToolsOf(room, services))];
        Collection = [.. Tools];
    }

    public IReadOnlyList<NexusTool> Tools { get; }

    /// <summary>The same tools in the form in which the SDK looks them up.</summary>
    public McpServerPrimitiveCollection<McpServerTool> Collection { get; }

    /// <summary>The tool with exactly this name.</summary>
    public NexusTool? Find(string name) => Collection.TryGetPrimitive(name, out var tool) ? (NexusTool)tool : null;

    private static IEnumerable<NexusTool> ToolsOf(Type room, IServiceProvider services) =>
        from method in room.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let performs = method.GetCustomAttribute<PerformsAttribute>()
        where performs is not null
        orderby method.MetadataToken
        let tool = McpServerTool.Create(
            method,
            request => request.Services!.GetRequiredService(room),
            new() { Services = services, SerializerOptions = ToolJson.Options })
        select new NexusTool(
            tool, Tidy(tool.ProtocolTool, OutputSchemaOf(method)), performs.Operation, room.GetCustomAttribute<ToolsetAttribute>()!.Name);

    /// <summary>As the SDK makes it for a tool that structures its own content.</summary>
    private static JsonElement OutputSchemaOf(MethodInfo method)
    {
        var result = method.ReturnType;
        if (result.IsGenericType && result.GetGenericTypeDefinition() == typeof(Task<>)) result = result.GetGenericArguments()[0];
        return AIJsonUtilities.CreateJsonSchema(result, serializerOptions: ToolJson.Options);
    }

    private static Tool Tidy(Tool generated, JsonElement outputSchema) => new()
    {
        Name = generated.Name,
        Title = generated.Title,
        Description = generated.Description,
        InputSchema = SchemaTidy.Input(generated.InputSchema),
        OutputSchema = SchemaTidy.Output(outputSchema),
        Annotations = WithoutTitle(generated.Annotations!),
    };

    /// <summary>The tool has its title beside them; an agent need not read it twice.</summary>
    private static ToolAnnotations WithoutTitle(ToolAnnotations hints) => new()
    {
        ReadOnlyHint = hints.ReadOnlyHint,
        DestructiveHint = hints.DestructiveHint,
        IdempotentHint = hints.IdempotentHint,
        OpenWorldHint = hints.OpenWorldHint,
    };
}
