using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nexus.Core;
using Nexus.Core.Networking;

namespace Nexus.Auth.Http;

/// <summary>Gets JSON from a place that a stranger named: from public addresses only, without redirects, and neither much nor long.</summary>
internal sealed class WebDocumentFetcher(OutboundGuard guard, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http = new(guard.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };

    /// <exception cref="WebDocumentException">There is no such document.</exception>
    public async Task<WebDocument> FetchAsync(string url, int mostBytes)
    {
        using var limit = new CancellationTokenSource(Longest);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Accept.ParseAdd("application/json");
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            Check(response);
            var body = await ReadAsync(response.Content, mostBytes, limit.Token);
            var now = time.GetUtcNow();
            return new(Parse(body), now, now + Freshness.Of(response));
        }
        catch (OperationCanceledException)
        {
            throw new WebDocumentException($"it took longer than {Longest.TotalSeconds} seconds");
        }
        catch (HttpRequestException exception)
        {
            throw new WebDocumentException(Explain(exception));
        }
        catch (IOException)
        {
            throw new WebDocumentException("the connection broke off");
        }
    }

    public void Dispose() => _http.Dispose();

    private static void Check(HttpResponseMessage response)
    {
        if ((int)response.StatusCode is >= 300 and < 400) throw new WebDocumentException("it redirects, which is not followed");
        if (response.StatusCode is not HttpStatusCode.OK)
            throw new WebDocumentException($"its server answered {(int)response.StatusCode}");
        if (response.Content.Headers.ContentType?.MediaType is not { } type || !IsJson(type))
            throw new WebDocumentException("its content type is not application/json");
    }

    private static bool IsJson(string mediaType) =>
        mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) ||
        mediaType.StartsWith("application/", StringComparison.OrdinalIgnoreCase) &&
        mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]> ReadAsync(HttpContent content, int mostBytes, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[mostBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= mostBytes ? buffer[..length] : throw new WebDocumentException($"it is longer than {mostBytes} bytes");
    }

    private static JsonObject Parse(byte[] body)
    {
        try
        {
            return JsonBody.Parse(body);
        }
        catch (JsonException exception)
        {
            throw new WebDocumentException($"it is {exception.Message}");
        }
    }

    private static string Explain(HttpRequestException exception) => exception switch
    {
        { InnerException: NexusException refusal } => refusal.Message,
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "its server's certificate is not trusted",
        { HttpRequestError: HttpRequestError.NameResolutionError } => "its host has no address",
        _ => "its server could not be reached",
    };
}
