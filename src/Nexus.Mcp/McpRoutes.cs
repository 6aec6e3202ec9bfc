using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Mcp.Discovery;
using Nexus.Mcp.Transport;

namespace Nexus.Mcp;

/// <summary>Maps the MCP endpoint and its discovery documents.</summary>
public static class McpRoutes
{
    private const string Path = "/mcp";

    public static IEndpointRouteBuilder MapNexusMcp(this IEndpointRouteBuilder routes)
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<McpEndpoint>();
        routes.MapMcp(Path).Finally(sdk => PutBefore(sdk, endpoint));
        routes.Map(Path, OtherVerbs.AnswerAsync);
        DiscoveryRoutes.Map(routes, routes.ServiceProvider.GetRequiredService<ResourceMetadata>());
        return routes;
    }

    private static void PutBefore(EndpointBuilder sdk, McpEndpoint endpoint)
    {
        var handler = sdk.RequestDelegate!;
        sdk.RequestDelegate = context => endpoint.HandleAsync(context, handler);

        // With it, routing itself would answer 415, without CORS headers and before the token is looked at.
        foreach (var accepts in sdk.Metadata.OfType<IAcceptsMetadata>().ToArray()) sdk.Metadata.Remove(accepts);
    }
}
