using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Nexus.Auth.Http;

/// <summary>A JSON document of a stranger's web server.</summary>
internal sealed record WebDocument(JsonObject Body, DateTimeOffset FetchedAt, DateTimeOffset FreshUntil);

/// <summary>Why a document can't be had, in words for whoever publishes it.</summary>
internal sealed class WebDocumentException(string problem) : Exception(problem);

/// <summary>How long an answer may be kept (RFC 9111 §4.2), within bounds of ours.</summary>
internal static class Freshness
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan Default = TimeSpan.FromHours(1);

    public static TimeSpan Of(HttpResponseMessage response)
    {
        var asked = Asked(response.Headers.CacheControl, response);
        return asked < Shortest ? Shortest : asked > Longest ? Longest : asked;
    }

    private static TimeSpan Asked(CacheControlHeaderValue? control, HttpResponseMessage response)
    {
        if (control is { NoStore: true } or { NoCache: true }) return TimeSpan.Zero;
        if (control?.MaxAge is { } age) return age - (response.Headers.Age ?? TimeSpan.Zero);
        return response.Content.Headers.Expires is { } expires && response.Headers.Date is { } date ? expires - date : Default;
    }
}
