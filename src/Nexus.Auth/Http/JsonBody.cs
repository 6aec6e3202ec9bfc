using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Http;

/// <summary>Reads JSON objects from strangers.</summary>
internal static class JsonBody
{
    public const int Limit = 64 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <exception cref="OAuthException">The body is too long, or isn't one JSON object of well-formed text without repeated members.</exception>
    public static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
            throw new OAuthException(Errors.InvalidRequest, "send the body as application/json");

        var body = await ReadBoundedAsync(request, cancellationToken);
        try
        {
            return Parse(body);
        }
        catch (JsonException exception)
        {
            throw new OAuthException(Errors.InvalidRequest, $"the body is {exception.Message}");
        }
    }

    /// <exception cref="JsonException">They aren't one JSON object of well-formed text without repeated members; the message says what they are.</exception>
    public static JsonObject Parse(byte[] body)
    {
        try
        {
            if (JsonNode.Parse(body, documentOptions: Strict) is JsonObject parsed && IsStorable(parsed)) return parsed;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in an escape only shows when the text is read: InvalidOperationException.
            throw new JsonException("not valid JSON, or repeats a member");
        }

        throw new JsonException("not a JSON object of text without NUL characters");
    }

    private static async Task<byte[]> ReadBoundedAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = new byte[Limit + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= Limit
            ? buffer[..length]
            : throw new OAuthException(
                Errors.InvalidRequest, "the body is longer than 64 KiB", StatusCodes.Status413PayloadTooLarge);
    }

    // PostgreSQL can't store a NUL.
    private static bool IsStorable(JsonNode? node) => node switch
    {
        JsonObject members => members.All(member => IsStorable(member.Value)),
        JsonArray items => items.All(IsStorable),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => !value.GetValue<string>().Contains('\0'),
        _ => true,
    };
}
