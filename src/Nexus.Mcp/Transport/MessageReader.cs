using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Nexus.Mcp.Transport;

/// <summary>From the body of a request to a JSON-RPC message, or the refusal that says why it is none.</summary>
internal static class MessageReader
{
    public const int MaxBytes = 1024 * 1024;

    // A repeated member would be read in one way here and in another further on.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static async ValueTask<(IncomingMessage? Message, Refusal? Refusal)> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        if (!IsJson(request.ContentType)) return (null, WrongContentType(request.ContentType));
        if (await ReadBodyAsync(request, cancellationToken) is not { } body) return (null, TooLarge);
        if (TryParse(body) is not { } document) return (null, NotJson);
        if (MessageForm.Problem(document.RootElement) is not { } problem) return (new(body, document), null);
        document.Dispose();
        return (null, new(StatusCodes.Status400BadRequest, Refusal.InvalidRequest, "Invalid Request: " + problem));
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue
            || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static async ValueTask<ArraySegment<byte>?> ReadBodyAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes) return null;
        var buffer = new byte[request.ContentLength ?? 4096];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length && length == request.ContentLength) return new(buffer);
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MaxBytes + 1));
            var read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0) return new(buffer, 0, length);
            length += read;
            if (length > MaxBytes) return null;
        }
    }

    private static JsonDocument? TryParse(ArraySegment<byte> body)
    {
        if (!JsonText.IsWellFormed(body)) return null;
        try
        {
            return JsonDocument.Parse(body.AsMemory(), Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Refusal TooLarge { get; } = new(
        StatusCodes.Status413PayloadTooLarge, Refusal.NotAccepted, "Content Too Large: the body is larger than 1 MiB.");

    private static Refusal NotJson { get; } = new(
        StatusCodes.Status400BadRequest, Refusal.ParseError, "Parse error: the body is not valid JSON in UTF-8.")
    {
        Hint = "A member that occurs twice in an object counts as invalid too.",
    };

    private static Refusal WrongContentType(string? contentType) => new(
        StatusCodes.Status415UnsupportedMediaType, Refusal.NotAccepted,
        $"Unsupported Media Type: Content-Type must be application/json, not {contentType ?? "absent"}.");
}
