using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Nexus.Auth.Http;

/// <summary>A file that pages load, from this assembly, under a name that changes with it.</summary>
internal sealed class Asset
{
    private readonly byte[] _content;
    private readonly string _type;

    private Asset(string name, string type)
    {
        (_content, _type) = (Read(name), type);
        var hash = Convert.ToHexStringLower(SHA256.HashData(_content).AsSpan(0, 6));
        Path = $"/assets/{System.IO.Path.GetFileNameWithoutExtension(name)}-{hash}{System.IO.Path.GetExtension(name)}";
    }

    public static Asset StyleSheet { get; } = new("auth.css", "text/css");

    /// <summary>The only script: browsers give passkeys to nothing else.</summary>
    public static Asset PasskeyScript { get; } = new("passkeys.js", "text/javascript");

    public string Path { get; }

    public static void MapAll(IEndpointRouteBuilder endpoints)
    {
        foreach (var asset in new[] { StyleSheet, PasskeyScript }) endpoints.MapGet(asset.Path, asset.Serve);
    }

    private IResult Serve(HttpResponse response)
    {
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(_content, _type);
    }

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Nexus.Auth.Pages." + name)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
