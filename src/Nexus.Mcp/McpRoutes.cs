using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Mcp.Discovery;
using Nexus.Mcp.Transport;
using Nexus.Mcp.Uploads;

namespace Nexus.Mcp;

/// <summary>Maps the MCP endpoint, its discovery documents, and the entrance for what tools can't carry.</summary>
public static class McpRoutes
{
    private const string Path = "/mcp";
    private const string UploadPath = "/uploads";

    public static IEndpointRouteBuilder MapNexusMcp(this IEndpointRouteBuilder routes)
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<McpEndpoint>();
        routes.MapMcp(Path).Finally(sdk => PutBefore(sdk, endpoint));
        routes.Map(Path, OtherVerbs.AnswerAsync);
        routes.MapPost(UploadPath, routes.ServiceProvider.GetRequiredService<UploadEndpoint>().HandleAsync);
        routes.Map(UploadPath, UploadEndpoint.AnswerOtherVerbsAsync);
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
