using System.Buffers;
using Microsoft.AspNetCore.Http;
using Nexus.Core.Domains.Certificates;

namespace Nexus.Ingress.Certificates;

/// <summary>Answers the authority's visit to a domain (RFC 8555 §8.3). Challenges that aren't ours are the application's own.</summary>
internal sealed class ChallengeResponder(CertificateStore store)
{
    private const int LongestToken = 128;
    private static readonly SearchValues<char> Base64UrlLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly PathString Path = new("/.well-known/acme-challenge");

    /// <summary>True when it has answered.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Path, out var rest) || !IsToken(rest.Value)) return false;
        if (await store.FindChallengeAsync(rest.Value![1..], context.RequestAborted) is not { } answer) return false;
        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(answer, context.RequestAborted);
        return true;
    }

    private static bool IsToken(string? segment) => segment is { Length: > 1 and <= LongestToken + 1 }
        && !segment.AsSpan(1).ContainsAnyExcept(Base64UrlLetters);
}
