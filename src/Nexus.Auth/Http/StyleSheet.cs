using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Nexus.Auth.Http;

/// <summary>The pages' one style sheet, from this assembly, under a name that changes with it.</summary>
internal static class StyleSheet
{
    private static readonly byte[] Content = Read();

    public static string Path { get; } = $"/assets/auth-{Convert.ToHexStringLower(SHA256.HashData(Content).AsSpan(0, 6))}.css";

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, (HttpResponse response) =>
    {
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(Content, "text/css");
    });

    private static byte[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Nexus.Auth.Pages.auth.css")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
