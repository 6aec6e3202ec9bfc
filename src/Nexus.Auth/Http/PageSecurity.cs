using Microsoft.AspNetCore.Http;

namespace Nexus.Auth.Http;

/// <summary>What pages may do in a browser: show themselves with our style sheet, and send their forms. No frame, and no script unless allowed.</summary>
internal sealed class PageSecurity(RequestDelegate next)
{
    private const string Policy = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache, no-store"; // As antiforgery writes it.
        headers.Pragma = "no-cache";
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsPost(context.Request.Method)) return next(context);

        headers.Allow = "GET, POST";
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        return Task.CompletedTask;
    }

    /// <summary>
    /// Lets a form's answer lead to the client. Browsers hold <c>form-action</c> against the redirects that follow a form, too.
    /// </summary>
    public static void AllowRedirectTo(HttpResponse response, string? redirectUri)
    {
        if (Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri))
            response.Headers.ContentSecurityPolicy = $"{response.Headers.ContentSecurityPolicy} {SourceOf(uri)}";
    }

    /// <summary>Lets a page run our own script files, which may ask this server.</summary>
    public static void AllowOurScripts(HttpResponse response) =>
        response.Headers.ContentSecurityPolicy = $"script-src 'self'; connect-src 'self'; {response.Headers.ContentSecurityPolicy}";

    // Host sources are for web addresses, and have no form for IPv6 literals.
    private static string SourceOf(Uri uri) => uri switch
    {
        { Scheme: "http" or "https", HostNameType: not UriHostNameType.IPv6 } => $"{uri.Scheme}://{uri.IdnHost}:{uri.Port}",
        _ => uri.Scheme + ":",
    };
}
