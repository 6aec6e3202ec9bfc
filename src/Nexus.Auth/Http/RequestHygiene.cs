using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Http;

/// <summary>
/// Reads the parameters of a request once, before anything else does, so that bad ones are an <c>invalid_request</c> and never
/// a fault of ours; and turns JSON bodies into forms, so that from here on both are the same.
/// </summary>
internal sealed class RequestHygiene(RequestDelegate next, AuthAddresses addresses)
{
    private static readonly PathString[] Direct =
    [
        AuthPaths.Token, AuthPaths.TokenAlias, AuthPaths.Revoke, AuthPaths.Introspect, AuthPaths.DeviceAuthorization, AuthPaths.Bridge,
    ];

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await ReadAsync(context.Request);
        }
        catch (OAuthException exception)
        {
            context.Response.Headers.CacheControl = "no-store";
            await exception.ToResult(addresses).ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private static async Task ReadAsync(HttpRequest request)
    {
        var isDirect = Direct.Any(path => request.Path.Equals(path, StringComparison.OrdinalIgnoreCase));
        if (isDirect && HttpMethods.IsPost(request.Method) && request.HasJsonContentType()) await ReadJsonAsync(request);

        Check(request.Query, isDirect);
        if (HasNulInBasic(request.Headers.Authorization.ToString()))
            throw new OAuthException(Errors.InvalidRequest, "the Authorization header has a NUL character");
        if (!request.HasFormContentType) return;

        var form = await ReadFormAsync(request);
        Check(form, isDirect);
        if (isDirect && form.Keys.Intersect(request.Query.Keys, StringComparer.Ordinal).FirstOrDefault() is { } twice)
            throw new OAuthException(Errors.InvalidRequest, $"the parameter {Printable.Shorten(twice)} was sent both in the URL and in the body");
    }

    /// <summary>At the authorization endpoint and the pages, repeated parameters are judged later, where there is somebody to answer to.</summary>
    private static void Check(IEnumerable<KeyValuePair<string, StringValues>> parameters, bool isDirect)
    {
        if (ParameterRules.HasNul(parameters)) throw new OAuthException(Errors.InvalidRequest, "a parameter has a NUL character");
        if (isDirect && ParameterRules.ProblemOf(parameters) is { } problem) throw new OAuthException(Errors.InvalidRequest, problem);
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = JsonBody.Limit;
        try
        {
            return await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException exception)
        {
            throw new OAuthException(Errors.InvalidRequest, "the body is longer than 64 KiB or broken", exception.StatusCode);
        }
        catch (InvalidDataException)
        {
            throw new OAuthException(Errors.InvalidRequest, "the form has too many or too long fields");
        }
    }

    private static async Task ReadJsonAsync(HttpRequest request)
    {
        var body = await JsonBody.ReadAsync(request, request.HttpContext.RequestAborted);
        var fields = body.Where(member => member.Value is not null).ToDictionary(member => member.Key, Text);
        request.HttpContext.Features.Set<IFormFeature>(new FormFeature(new FormCollection(fields)));
        request.ContentType = "application/x-www-form-urlencoded";
    }

    private static StringValues Text(KeyValuePair<string, JsonNode?> member) => member.Value switch
    {
        JsonArray items => items.Select(item => Scalar(member.Key, item)).ToArray(),
        var value => Scalar(member.Key, value),
    };

    private static string Scalar(string name, JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => throw new OAuthException(Errors.InvalidRequest, $"the member {Printable.Shorten(name)} is neither text nor a list of texts"),
    };

    private static bool HasNulInBasic(string header)
    {
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return false;
        var buffer = new byte[header.Length];
        return Convert.TryFromBase64String(header[6..].Trim(), buffer, out var length) &&
            Uri.UnescapeDataString(Encoding.ASCII.GetString(buffer, 0, length)).Contains('\0');
    }
}
