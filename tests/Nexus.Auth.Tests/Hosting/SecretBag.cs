using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using System.Web;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>The secrets that passed between tests and a server, to be looked for where they must not be.</summary>
public sealed partial class SecretBag
{
    /// <summary>Shorter ones, like a test's wrong "a", are words that any log may have.</summary>
    private const int FewestCharacters = 12;

    private readonly ConcurrentDictionary<string, string> _secrets = new();

    /// <summary>How many there are of a kind, such as <c>access_token</c>.</summary>
    public int Count(string kind) => _secrets.Values.Count(kind.Equals);

    /// <summary>Takes every value of a secret's name out of a query, a form, JSON or HTML.</summary>
    public void CollectFrom(string text)
    {
        foreach (Match match in Secret().Matches(text))
            Add(match.Groups["name"].Value.ToLowerInvariant(), HttpUtility.UrlDecode(match.Groups["value"].Value));
    }

    public void Add(string kind, string secret)
    {
        if (secret.Length >= FewestCharacters) _secrets.TryAdd(secret, kind);
    }

    /// <summary>For what a test sends in a secret's place although everybody knows it.</summary>
    public void Forget(string known) => _secrets.TryRemove(known, out _);

    public void ExpectNoneIn(string log) =>
        _secrets.Where(secret => log.Contains(secret.Key, StringComparison.Ordinal)).Select(secret => secret.Value).Should().BeEmpty("no log may have it");

    [GeneratedRegex(
        """(?<name>password|client_secret|code_verifier|access_token|refresh_token|id_token|registration_access_token|client_assertion|device_code|code|token)"?\s*[=:]\s*"?(?<value>[A-Za-z0-9._~%+/-]+)""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}

/// <summary>Notes every secret that a request or an answer carries.</summary>
public sealed class SecretKeeper(SecretBag secrets, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization?.Parameter is { } credentials) secrets.Add("credentials", credentials);
        await CollectAsync(request.Content, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.Location is { } location) secrets.CollectFrom(location.OriginalString);
        await CollectAsync(response.Content, cancellationToken);
        return response;
    }

    private async Task CollectAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        if (content is null) return;
        await content.LoadIntoBufferAsync(cancellationToken);
        if (content.Headers.ContentType?.MediaType is not "text/html" && content.Headers.ContentLength < 64 * 1024)
            secrets.CollectFrom(await content.ReadAsStringAsync(cancellationToken));
    }
}
