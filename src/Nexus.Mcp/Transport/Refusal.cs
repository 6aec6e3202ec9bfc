using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Nexus.Mcp.Transport;

/// <summary>An answer that ends a request before any tool sees it: an HTTP status and a JSON-RPC error.</summary>
internal sealed record Refusal(int Status, int Code, string Message)
{
    // JSON-RPC 2.0 §5.1. The rest is from the range that it leaves to implementations.
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;
    public const int NotAccepted = -32000;
    public const int Unauthorized = -32001;

    /// <summary>The request's id as raw JSON, where it is known.</summary>
    public string Id { get; init; } = "null";

    /// <summary>What to do next.</summary>
    public string? Hint { get; init; }

    /// <summary>The value of <c>WWW-Authenticate</c>.</summary>
    public string? Challenge { get; init; }

    /// <summary>The value of <c>Allow</c>.</summary>
    public string? Allow { get; init; }

    /// <summary>For a body that breaks off or breaks HTTP's own rules.</summary>
    public static Refusal Unreadable(int status) => new(status, InvalidRequest, "Invalid Request: the body could not be read.");

    public static Refusal Internal(string correlationId) =>
        new(StatusCodes.Status500InternalServerError, InternalError, Correlation.Message(correlationId))
        {
            Hint = Correlation.Hint,
        };

    /// <summary>The value of <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        JsonAnswer.SetHeaders(response, Challenge, Allow, RetryAfter);
        await JsonAnswer.WriteAsync(response, response.Body, ToJson(), context.RequestAborted);
    }

    private byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            writer.WritePropertyName("id");
            writer.WriteRawValue(Id);
            writer.WriteStartObject("error");
            writer.WriteNumber("code", Code);
            writer.WriteString("message", Message);
            if (Hint is not null)
            {
                writer.WriteStartObject("data");
                writer.WriteString("hint", Hint);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
