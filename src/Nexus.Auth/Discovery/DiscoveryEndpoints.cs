using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Nexus.Auth.Keys;

namespace Nexus.Auth.Discovery;

/// <summary>The metadata, also where clients look for it when they take the MCP endpoint's path into account, and the keys.</summary>
internal static class DiscoveryEndpoints
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string Caching =
        string.Create(CultureInfo.InvariantCulture, $"public, max-age={(int)KeyTimes.PublishedCopies.TotalSeconds}");

    public static void Map(IEndpointRouteBuilder endpoints, AuthAddresses addresses)
    {
        foreach (var path in AuthPaths.Metadata.SelectMany(path => Forms(path, addresses.IssuerPath)).Distinct())
            endpoints.MapGet(path, (HttpResponse response, ServerMetadata metadata) => Publish(response, metadata));
        endpoints.MapGet(AuthPaths.Keys, (HttpResponse response, PublicKeys keys) => Publish(response, keys));
    }

    // RFC 8414 §3.1 puts the issuer's path behind the well-known one; MCP clients also put the endpoint's there,
    // and OpenID Connect puts it before.
    private static IEnumerable<string> Forms(string path, string issuerPath) =>
        [path, path + "/mcp", path + issuerPath, issuerPath + path, "/mcp" + path];

    private static IResult Publish<T>(HttpResponse response, T document)
    {
        response.Headers.CacheControl = Caching;
        return Results.Json(document, Json);
    }
}
