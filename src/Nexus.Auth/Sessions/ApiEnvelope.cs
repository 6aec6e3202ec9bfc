using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Nexus.Auth.Sessions;

/// <summary>The envelope of the first-party API: <c>{"success":true,"data":…}</c> or <c>{"success":false,"error":…}</c>.</summary>
internal static class ApiEnvelope
{
    public static IResult Success<T>(T data) => Results.Json(new Succeeded<T>(true, data));

    public static IResult Failure(int status, string code, string message) =>
        Results.Json(new Failed(false, new(code, message)), statusCode: status);

    private sealed record Succeeded<T>(
        [property: JsonPropertyName("success")] bool Success, [property: JsonPropertyName("data")] T Data);

    private sealed record Failed(
        [property: JsonPropertyName("success")] bool Success, [property: JsonPropertyName("error")] ApiError Error);

    private sealed record ApiError(
        [property: JsonPropertyName("code")] string Code, [property: JsonPropertyName("message")] string Message);
}
