using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Nexus.Ingress.Certificates;

/// <summary>Signed requests to an authority, each with a fresh nonce (RFC 8555 §6).</summary>
internal sealed class AcmeSession(HttpClient http, AcmeKey key, JsonElement directory)
{
    private const int Attempts = 5;
    private string? _nonce;
    private string? _account;

    public static async Task<AcmeSession> OpenAsync(HttpClient http, AcmeKey key, CertificateOptions options, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(options.Directory, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var directory = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(cancellationToken));
        var session = new AcmeSession(http, key, directory);
        // An account that is there already is given back (§7.3.1).
        string[] contact = options.Email is { } email ? [$"mailto:{email}"] : [];
        session._account = (await session.PostAsync(session.Of("newAccount"), new { termsOfServiceAgreed = true, contact }, cancellationToken)).Location;
        return session;
    }

    /// <summary>The URL of one of the directory's resources.</summary>
    public string Of(string resource) => directory.GetProperty(resource).GetString()!;

    /// <summary>Reads a resource.</summary>
    public Task<AcmeAnswer> ReadAsync(string url, CancellationToken cancellationToken) => PostAsync(url, null, cancellationToken);

    public async Task<AcmeAnswer> PostAsync(string url, object? payload, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await PostOnceAsync(url, payload, cancellationToken);
            }
            catch (AcmeException refusal) when (refusal.IsBadNonce && attempt < Attempts)
            {
                continue; // The answer brought a good one (§6.5).
            }
        }
    }

    private async Task<AcmeAnswer> PostOnceAsync(string url, object? payload, CancellationToken cancellationToken)
    {
        var nonce = Interlocked.Exchange(ref _nonce, null) ?? await NewNonceAsync(cancellationToken);
        object header = _account is null
            ? new { alg = "ES256", jwk = key.Jwk, nonce, url }
            : new { alg = "ES256", kid = _account, nonce, url };
        using var content = new StringContent(key.Sign(header, payload), Encoding.ASCII);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/jose+json");
        using var answer = await http.PostAsync(url, content, cancellationToken);
        _nonce = NonceOf(answer);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        var retryAfter = RetryAfter(answer);
        return answer.IsSuccessStatusCode ? new(answer.Headers.Location?.ToString(), text, retryAfter) : throw Problem(answer, text, retryAfter);
    }

    private async Task<string> NewNonceAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, Of("newNonce"));
        using var answer = await http.SendAsync(request, cancellationToken);
        return NonceOf(answer) ?? throw new AcmeException("about:blank", "The authority gave no nonce.", RetryAfter(answer));
    }

    private static string? NonceOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Replay-Nonce", out var values) ? values.First() : null;

    private static TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when answer.Headers.Date is { } now => date - now,
        _ => null,
    };

    private static AcmeException Problem(HttpResponseMessage answer, string text, TimeSpan? retryAfter)
    {
        var isProblem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
        return isProblem
            ? Problem(JsonSerializer.Deserialize<JsonElement>(text), retryAfter)
            : new("about:blank", $"The authority answered {(int)answer.StatusCode}.", retryAfter);
    }

    /// <summary>An error document (RFC 9457) as an exception.</summary>
    public static AcmeException Problem(JsonElement problem, TimeSpan? retryAfter = null) => new(
        problem.TryGetProperty("type", out var type) ? type.GetString() ?? "" : "about:blank",
        problem.TryGetProperty("detail", out var detail) ? detail.GetString() ?? "" : "",
        retryAfter);
}

/// <summary>An answer of an authority.</summary>
internal sealed record AcmeAnswer(string? Location, string Text, TimeSpan? RetryAfter)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string Status => Json.GetProperty("status").GetString()!;
}
