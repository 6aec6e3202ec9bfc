using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Git;

/// <summary>
/// The address of a repository: <c>https</c>, or <c>http</c> to a host that the operator allows, and nothing in it that is a
/// credential, another transport or an option of git.
/// </summary>
internal sealed partial record GitUrl(Uri Uri)
{
    private const int Longest = 1000;
    private const string Example = "Write it like https://github.com/acme/web";

    public string Host => Uri.IdnHost;

    public int Port => Uri.Port;

    /// <summary>As git is given it: the same spelling that was judged.</summary>
    public string Text => Uri.AbsoluteUri;

    /// <exception cref="NexusException"><c>REPOSITORY_URL_NOT_ALLOWED</c>.</exception>
    public static GitUrl Parse(string text, Func<string, bool> isAllowedHost)
    {
        CheckText(text);
        if (!text.Contains("://", StringComparison.Ordinal))
            throw GitErrors.Url("The repository's address is not a URL.", Example + "; git@host:path and paths of a machine can't be used.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 && uri.Scheme is "https" or "http")
            throw GitErrors.Url("The repository's address is not a URL.", Example);
        CheckParts(uri, isAllowedHost);
        return new(uri);
    }

    public bool IsSameHost(GitUrl other) => Uri.Scheme == other.Uri.Scheme && Host == other.Host && Port == other.Port;

    public override string ToString() => Text;

    private static void CheckText(string text)
    {
        if (text.Length is 0 or > Longest) throw GitErrors.Url($"The repository's address is empty or longer than {Longest} characters.", Example);
        if (!Letters().IsMatch(text))
            throw GitErrors.Url("The repository's address has characters that no URL has.", "Encode them as a browser shows the address.");
        if (EncodedControl().IsMatch(text)) throw GitErrors.Url("The repository's address has an encoded control character.", Example);
    }

    private static void CheckParts(Uri uri, Func<string, bool> isAllowedHost)
    {
        if (uri.UserInfo.Length > 0)
            throw GitErrors.Url(
                "The repository's address holds a credential.",
                "Take it out, keep the token as a secret and name that in repoSecretName. Replace the token: it has been sent in the open.");
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && isAllowedHost(uri.IdnHost)))
            throw GitErrors.Url($"Repositories are fetched by https, not by {uri.Scheme}.", Example);
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw GitErrors.Url("The repository's address has a query or fragment.", "Leave out what follows ? or #; a branch goes into repoBranch.");
        if (uri.AbsolutePath.Trim('/').Length == 0) throw GitErrors.Url("The repository's address has no path.", Example);
    }

    /// <summary>The letters of RFC 3986 §2, and a letter first: a dash would make it an option.</summary>
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*\z")]
    private static partial Regex Letters();

    [GeneratedRegex("%(?:[01][0-9a-f]|7f)", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedControl();
}
