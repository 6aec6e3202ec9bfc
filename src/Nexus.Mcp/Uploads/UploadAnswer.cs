using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nexus.Core;
using Nexus.Core.Access;
using Nexus.Core.Uploads;
using Nexus.Mcp.Calls;
using Nexus.Mcp.Tools;
using Nexus.Mcp.Transport;

namespace Nexus.Mcp.Uploads;

/// <summary>What an upload is answered: an HTTP status and plain JSON, as there is no JSON-RPC around it.</summary>
internal sealed record UploadAnswer(int Status, object Body)
{
    /// <summary>The value of <c>WWW-Authenticate</c>.</summary>
    public string? Challenge { get; init; }

    /// <summary>The value of <c>Allow</c>.</summary>
    public string? Allow { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public static UploadAnswer Taken(UploadReceipt receipt) => new(StatusCodes.Status201Created, receipt);

    /// <summary>What refuses a request before any tool refuses it here too.</summary>
    public static UploadAnswer Of(Refusal refusal) => new(refusal.Status, ErrorBody.Of(CodeOf(refusal.Status), refusal.Message, refusal.Hint))
    {
        Challenge = refusal.Challenge,
        RetryAfter = refusal.RetryAfter,
    };

    public static UploadAnswer Of(NexusException failure, Challenges challenges) => new(StatusOf(failure.Code), ErrorBody.Of(failure))
    {
        Challenge = failure.Data[AccessErrors.ScopeKey] is string scope ? challenges.InsufficientScope(scope) : null,
    };

    public static UploadAnswer Unreadable(int status) => new(
        status, ErrorBody.Of("UNREADABLE_BODY", "The body could not be read to its end.", "Send it again, whole."));

    public static UploadAnswer WrongMediaType { get; } = new(
        StatusCodes.Status415UnsupportedMediaType,
        ErrorBody.Of(
            "UNSUPPORTED_MEDIA_TYPE", "The body must be a zip as it is.",
            "Send it with Content-Type: application/zip and no Content-Encoding, e.g. with curl --data-binary @app.zip"));

    public static UploadAnswer WrongMethod { get; } = new(
        StatusCodes.Status405MethodNotAllowed,
        ErrorBody.Of("METHOD_NOT_ALLOWED", "Nothing can be read or changed here.", "POST a zip; the answer says what to deploy it by."))
    {
        Allow = "POST",
    };

    public static UploadAnswer Internal(string correlationId) => new(StatusCodes.Status500InternalServerError, ErrorBody.Internal(correlationId));

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        JsonAnswer.SetHeaders(response, Challenge, Allow, RetryAfter);
        var json = JsonSerializer.SerializeToUtf8Bytes(Body, Body.GetType(), ToolJson.Options);
        await JsonAnswer.WriteAsync(response, response.Body, json, context.RequestAborted);
    }

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "UNAUTHORIZED",
        StatusCodes.Status403Forbidden => "FORBIDDEN",
        StatusCodes.Status429TooManyRequests => "TOO_MANY_REQUESTS",
        _ => "REFUSED",
    };

    private static int StatusOf(string code) => code switch
    {
        AccessErrors.MissingScopeCode or AccessErrors.PermissionDeniedCode => StatusCodes.Status403Forbidden,
        UploadErrors.TooLargeCode => StatusCodes.Status413PayloadTooLarge,
        UploadErrors.TooManyCode => StatusCodes.Status429TooManyRequests,
        UploadErrors.TimeoutCode => StatusCodes.Status408RequestTimeout,
        UploadErrors.DiskFullCode => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status400BadRequest,
    };
}
