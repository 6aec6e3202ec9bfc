using System.Net;
using Nexus.Core;

namespace Nexus.Server.Startup;

/// <summary>What a person finds who opens the server's address: what it is, and how to connect a client. <c>/docs</c> is the same page.</summary>
internal static class HomePage
{
    private const string Page = """
        <!DOCTYPE html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Nexus</title>
        <style>
          :root { color-scheme: light dark; }
          body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1.25rem; }
          code { font: .9em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
          dt { font-weight: 600; margin-top: 1rem; } dd { margin: 0; }
        </style>
        <h1>Nexus</h1>
        <p>This server lets AI agents deploy containers, each with just the rights that a person allowed. Give your client this MCP URL:</p>
        <p><code>{{mcp}}</code></p>
        <p>It registers itself and opens the sign-in page, where you choose what it may do.</p>
        <dl>
          <dt>Claude Code</dt><dd><code>claude mcp add --transport http nexus {{mcp}}</code></dd>
          <dt>Codex</dt><dd><code>codex mcp add nexus --url {{mcp}}</code></dd>
          <dt>ChatGPT, Claude on the web</dt><dd>Add the URL as a connector; it must be reachable by https from the internet.</dd>
          <dt>Anything else that speaks MCP</dt><dd>Streamable HTTP at the URL; OAuth 2.1 with dynamic registration at <code>{{issuer}}</code>.</dd>
        </dl>
        </html>
        """;

    public static void MapHomePage(this IEndpointRouteBuilder routes, ServerAddresses addresses)
    {
        var page = Page
            .Replace("{{mcp}}", WebUtility.HtmlEncode(addresses.McpResource), StringComparison.Ordinal)
            .Replace("{{issuer}}", WebUtility.HtmlEncode(addresses.Issuer), StringComparison.Ordinal);
        routes.MapGet("/", (HttpContext context) => Show(context, page));
        routes.MapGet("/docs", (HttpContext context) => Show(context, page));
    }

    private static IResult Show(HttpContext context, string page)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return Results.Content(page, "text/html; charset=utf-8");
    }
}
