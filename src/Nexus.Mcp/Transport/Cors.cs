using Microsoft.AspNetCore.Http;

namespace Nexus.Mcp.Transport;

/// <summary>
/// The CORS headers of the endpoint and its metadata. Open to every page, since no cookie counts here: a page needs the
/// person's bearer token, and <see cref="OriginGuard"/> decides which pages may use one.
/// </summary>
internal static class Cors
{
    private const string AllowedHeaders =
        "Authorization, Content-Type, Accept, MCP-Protocol-Version, Mcp-Method, Mcp-Name, Mcp-Session-Id, Last-Event-ID, "
        + "X-MCP-Toolsets, X-MCP-Readonly";

    /// <summary>Lets a page read the answer, refusals and their challenge included.</summary>
    public static void Open(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "WWW-Authenticate, Retry-After";
    }

    /// <summary>Answers a preflight request, which never carries credentials and so comes before them.</summary>
    public static void AnswerPreflight(HttpContext context, string methods)
    {
        Open(context);
        var headers = context.Response.Headers;
        headers.Allow = methods;
        headers.AccessControlAllowMethods = methods;
        headers.AccessControlAllowHeaders = AllowedHeaders;
        headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
