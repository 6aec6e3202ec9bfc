using System.Net;
using System.Net.Http.Headers;
using Nexus.Core.Networking;

namespace Nexus.Core.Sources.Git;

/// <summary>
/// Finds where a repository is before git goes there: looks the host up, judges its addresses, and follows a few redirects itself,
/// each judged as the first. Git then follows none.
/// </summary>
internal sealed class RemoteFinder(OutboundGuard guard, OutboundOptions outbound, SourceLimits limits)
{
    private const int MostRedirects = 4;
    private const string Advertisement = "/info/refs?service=git-upload-pack";

    /// <exception cref="NexusException">The address isn't allowed, or there is no repository.</exception>
    public async Task<GitRemote> FindAsync(GitSource source, CancellationToken cancellationToken)
    {
        var asked = GitUrl.Parse(source.Url, IsAllowed);
        var credential = source.Secret is { } secret ? GitCredential.Parse(secret) : null;
        using var http = new HttpClient(guard.CreateHandler(), disposeHandler: true) { Timeout = limits.StallTime };
        var url = asked;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            // A token is for the host that it was given for, and for no other that this one names.
            var remote = new GitRemote(url, await ResolveAsync(url, cancellationToken), url.IsSameHost(asked) ? credential : null);
            if (await NextAsync(http, remote, source.Secret is not null, cancellationToken) is not { } next) return remote;
            url = next;
        }

        throw GitErrors.TooManyRedirects();
    }

    private bool IsAllowed(string host) => outbound.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(GitUrl url, CancellationToken cancellationToken)
    {
        try
        {
            return await guard.ResolveAsync(url.Host, cancellationToken);
        }
        catch (NexusException exception)
        {
            throw exception.Code == "ADDRESS_NOT_PUBLIC" ? GitErrors.Address(url.Host) : GitErrors.NoHost(url.Host);
        }
    }

    /// <summary>Null when the repository is here.</summary>
    private async Task<GitUrl?> NextAsync(HttpClient http, GitRemote remote, bool hasSecret, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(http, remote, cancellationToken);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK when IsSmart(answer) => null,
            HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect => Redirected(remote.Url, answer),
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => throw GitErrors.Unavailable(remote.Url.Host),
            _ => throw GitErrors.NotFound(hasSecret),
        };
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, GitRemote remote, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, remote.Url.Text.TrimEnd('/') + Advertisement);
        request.Headers.UserAgent.Add(new("git", "2"));
        request.Headers.Add("Git-Protocol", "version=2");
        if (remote.Credential is { } credential) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credential.Basic());
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw GitErrors.Unreachable(remote.Url.Host);
        }
    }

    private static bool IsSmart(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType == "application/x-git-upload-pack-advertisement";

    /// <summary>As git reads it: what comes before the part that was asked for (<c>http.followRedirects</c>).</summary>
    private GitUrl Redirected(GitUrl from, HttpResponseMessage answer)
    {
        if (answer.Headers.Location is not { } location) throw GitErrors.Unreachable(from.Host);
        var target = new Uri(from.Uri, location).OriginalString;
        if (!target.EndsWith(Advertisement, StringComparison.Ordinal))
            throw GitErrors.Url("The repository's address is redirected to something that is no repository.", "Give the address of the repository itself.");
        return GitUrl.Parse(target[..^Advertisement.Length], IsAllowed);
    }
}
