using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Nexus.Core.Access;
using Nexus.Mcp.Calls;
using Nexus.Mcp.Discovery;
using Nexus.Mcp.Tools;
using Nexus.Mcp.Transport;
using Nexus.Mcp.Uploads;

namespace Nexus.Mcp;

/// <summary>Registers the MCP endpoint.</summary>
public static class McpServices
{
    private const string Instructions =
        "Deploys containers to machines that the organisation owns. Start with nexusai_whoami. "
        + "After a command, wait for its rollout with nexusai_deploy_status and waitSeconds.";

    /// <summary>
    /// Adds the endpoint and its tools. They need <see cref="Nexus.Core.ServerAddresses"/>, <see cref="IAccessTokens"/> and the
    /// core's services, which others register.
    /// </summary>
    public static IServiceCollection AddNexusMcp(this IServiceCollection services, McpOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton<ActorResolver>();
        services.AddSingleton<ResourceMetadata>();
        services.AddSingleton<OriginGuard>();
        services.AddSingleton<Challenges>();
        services.AddSingleton<RequestLimit>();
        services.AddSingleton<McpEndpoint>();
        services.AddSingleton<UploadEndpoint>();
        services.AddSingleton<ScopeStepUp>();
        foreach (var room in ToolCatalog.Rooms) services.AddTransient(room);
        services.AddSingleton<ToolCatalog>();
        services.AddSingleton<ToolCalls>();
        services.AddSingleton<ToolListing>();
        services.AddSingleton<DirectAnswers>();
        services.AddScoped<BearerGate>();
        services.AddScoped<Caller>();
        services.AddScoped(provider => provider.GetRequiredService<Caller>().Actor);

        services.AddMcpServer().WithHttpTransport(transport => transport.Stateless = true);
        services.AddOptions<McpServerOptions>().Configure<ToolCatalog, ToolCalls, ToolListing>(Configure);
        return services;
    }

    /// <summary>Makes the tools and their schemas, which the endpoint would otherwise wait for.</summary>
    public static void WarmUpNexusMcp(this IServiceProvider services) => services.GetRequiredService<ToolCatalog>();

    private static void Configure(McpServerOptions server, ToolCatalog catalog, ToolCalls calls, ToolListing listing)
    {
        server.ServerInfo = Self;
        server.ServerInstructions = Instructions;
        server.ToolCollection = catalog.Collection;
        server.Filters.Request.CallToolFilters.Add(calls.Guard);
        server.Filters.Request.ListToolsFilters.Add(_ => listing.ListAsync);
    }

    private static Implementation Self { get; } = new()
    {
        Name = "nexus",
        Title = "Nexus",
        Version = typeof(McpServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0],
    };
}
