using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Nexus.Mcp.Transport;

/// <summary>Writes an answer as plain JSON.</summary>
internal static class JsonAnswer
{
    private const int Envelope = 40; // At least what is written around the id and the result.

    /// <summary>The result of the request with this id, both as JSON.</summary>
    public static async Task WriteResultAsync(HttpResponse response, string id, ReadOnlyMemory<byte> result, CancellationToken cancellationToken)
    {
        var room = ArrayPool<byte>.Shared.Rent(Envelope + Encoding.UTF8.GetByteCount(id) + result.Length);
        try
        {
            Utf8.TryWrite(room, $$"""{"jsonrpc":"2.0","id":{{id}},"result":""", out var length);
            result.CopyTo(room.AsMemory(length));
            length += result.Length;
            room[length++] = (byte)'}';
            await WriteAsync(response, response.Body, room.AsMemory(0, length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>What a refusal tells beside its body.</summary>
    public static void SetHeaders(HttpResponse response, string? challenge, string? allow, TimeSpan? retryAfter)
    {
        if (challenge is not null) response.Headers.WWWAuthenticate = challenge;
        if (allow is not null) response.Headers.Allow = allow;
        if (retryAfter is { } wait) response.Headers.RetryAfter = wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
    }

    public static ValueTask WriteAsync(HttpResponse response, Stream body, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        response.Headers.CacheControl = "no-store";
        return body.WriteAsync(json, cancellationToken);
    }
}
