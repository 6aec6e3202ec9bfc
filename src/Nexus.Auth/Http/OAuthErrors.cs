using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Nexus.Auth.Http;

/// <summary>Writes OAuth errors where OpenIddict doesn't.</summary>
internal static class OAuthErrors
{
    public static IResult ToResult(this OAuthException exception, AuthAddresses addresses) => Results.Json(
        new OAuthErrorBody(exception.Error, exception.Message, ErrorPage.UrlOf(exception.Error, addresses)),
        statusCode: exception.Status);

    /// <summary>Answers refusals of an endpoint, and keeps its answers out of caches (RFC 6749 §5.1).</summary>
    public static async ValueTask<object?> AnswerAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next, AuthAddresses addresses)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        try
        {
            return await next(context);
        }
        catch (OAuthException exception)
        {
            return exception.ToResult(addresses);
        }
    }
}

/// <summary>The body of an OAuth error.</summary>
internal sealed record OAuthErrorBody(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string Description,
    [property: JsonPropertyName("error_uri")] string Uri);
