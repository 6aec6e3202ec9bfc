using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Nexus.Mcp.Transport;

namespace Nexus.Mcp.Discovery;

/// <summary>Serves the metadata at the path that RFC 9728 §3.1 makes of the resource's, and at the root for clients that look only there.</summary>
internal static class DiscoveryRoutes
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";

    public static void Map(IEndpointRouteBuilder routes, ResourceMetadata metadata)
    {
        foreach (var path in new[] { WellKnown, WellKnown + "/mcp" })
        {
            routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], context => ServeAsync(context, metadata));
            routes.MapMethods(path, [HttpMethods.Options], AnswerPreflight);
        }

        routes.Map(WellKnown + "/{**suffix}", NotFound);
    }

    private static async Task ServeAsync(HttpContext context, ResourceMetadata metadata)
    {
        Cors.Open(context);
        var response = context.Response;
        response.ContentType = "application/json";
        response.ContentLength = metadata.Json.Length;
        response.Headers.CacheControl = "public, max-age=300";
        if (HttpMethods.IsGet(context.Request.Method))
            await response.Body.WriteAsync(metadata.Json, context.RequestAborted);
    }

    private static Task AnswerPreflight(HttpContext context)
    {
        Cors.AnswerPreflight(context, "GET, HEAD, OPTIONS");
        return Task.CompletedTask;
    }

    // Said here, so that a page can read it and no fallback of another surface answers instead.
    private static Task NotFound(HttpContext context)
    {
        Cors.Open(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
