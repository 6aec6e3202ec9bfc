using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Nexus.Core.Routing;

namespace Nexus.Ingress.Pages;

/// <summary>
/// What a visitor meets in place of an application: HTML in a browser, JSON for who asks for it, a line of text else. It says
/// nothing that only the owner should know, and repeats nothing of the request.
/// </summary>
internal sealed record ErrorPage(int Status, string Code, string Title, string Text, int? RetryAfterSeconds = null)
{
    public static readonly ErrorPage BadGateway = new(
        StatusCodes.Status502BadGateway, "BAD_GATEWAY", "The application did not answer", "It runs, but its answer could not be read. Try again in a moment.");

    public static readonly ErrorPage GatewayTimeout = new(
        StatusCodes.Status504GatewayTimeout, "GATEWAY_TIMEOUT", "The application took too long", "It did not answer in time. Try again in a moment.");

    private static readonly ErrorPage Unknown = new(
        StatusCodes.Status404NotFound, "NO_SUCH_APPLICATION", "No application here", "Nothing is deployed under this name. Check the spelling.");

    private static readonly ErrorPage Starting = new(
        StatusCodes.Status503ServiceUnavailable, "APPLICATION_STARTING", "The application is starting", "It will be here in a moment.", RetryAfterSeconds: 2);

    private static readonly ErrorPage Stopped = new(
        StatusCodes.Status503ServiceUnavailable, "APPLICATION_STOPPED", "The application is stopped", "Its owner has stopped it and can start it again.");

    private static readonly ErrorPage Failed = new(
        StatusCodes.Status503ServiceUnavailable, "APPLICATION_FAILED", "The application could not be started", "Its owner finds the reason in the deployment's status.");

    /// <summary>For a route that takes no requests; null for a name that nobody has.</summary>
    public static ErrorPage For(RouteState? state) => state switch
    {
        // A route that serves through nobody is between two replicas.
        RouteState.Starting or RouteState.Serving => Starting,
        RouteState.Stopped => Stopped,
        RouteState.Failed => Failed,
        _ => Unknown,
    };

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Vary = HeaderNames.Accept;
        if (RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var (type, body) = BodyFor(context.Request);
        response.ContentType = type + "; charset=utf-8";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await response.WriteAsync(body, context.RequestAborted);
    }

    private (string Type, string Body) BodyFor(HttpRequest request)
    {
        var accepted = request.Headers.Accept.ToString();
        if (accepted.Contains("text/html", StringComparison.OrdinalIgnoreCase)) return ("text/html", Html());
        return accepted.Contains("json", StringComparison.OrdinalIgnoreCase)
            ? ("application/json", Json())
            : ("text/plain", $"{Title}. {Text}\n");
    }

    private string Json() => JsonSerializer.Serialize(
        new { error = new { code = Code, message = $"{Title}.", hint = Text } }, JsonSerializerOptions.Web);

    private string Html() => $$$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        {{{Refresh()}}}<title>{{{Title}}}</title>
        <style>
        body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto 0;max-width:34rem;padding:0 1.5rem;color:#1b1f24;background:#fff}
        h1{font-size:1.5rem;margin:0 0 .5rem}p{margin:0;color:#57606a}
        @media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}p{color:#8d96a0}}
        </style>
        </head>
        <body><main><h1>{{{Title}}}</h1><p>{{{Text}}}</p></main></body>
        </html>
        """;

    private string Refresh() => RetryAfterSeconds is { } seconds
        ? string.Create(CultureInfo.InvariantCulture, $"<meta http-equiv=\"refresh\" content=\"{seconds}\">\n")
        : "";
}
