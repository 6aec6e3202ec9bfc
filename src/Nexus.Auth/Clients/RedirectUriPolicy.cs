using Microsoft.AspNetCore.WebUtilities;

namespace Nexus.Auth.Clients;

/// <summary>Which redirect URIs a client may register: https, http on this very machine, and native apps' own schemes (RFC 8252 §7).</summary>
internal sealed class RedirectUriPolicy(AuthOptions options)
{
    public const int MostUris = 10;
    private const int MostCharacters = 2000;

    private static readonly string[] LoopbackHosts = ["localhost", "127.0.0.1", "[::1]"];
    private static readonly string[] Dangerous = ["javascript", "data", "file", "about", "blob", "vbscript"];
    private static readonly string[] AnswerParameters = ["code", "state", "iss", "error"];

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? ProblemOf(string uri)
    {
        if (uri.Length > MostCharacters) return $"is longer than {MostCharacters} characters";
        if (uri.Any(character => character <= ' ' || character is '\\' or '\x7f')) return "has a character that URIs can't have";
        if (uri.Contains('#')) return "has a fragment (#…)";
        if (uri.Contains('*')) return "has a wildcard; register each URI";
        if (!HasScheme(uri) || !Uri.TryCreate(uri, UriKind.Absolute, out var parsed)) return "is not an absolute URI";
        return ProblemOf(parsed);
    }

    private string? ProblemOf(Uri uri)
    {
        if (uri.UserInfo.Length > 0) return "has a user name or password in it";
        if (QueryHelpers.ParseQuery(uri.Query).Keys.Intersect(AnswerParameters, StringComparer.Ordinal).Any())
            return "has a parameter that answers carry (code, state, iss or error)";
        return uri.Scheme switch
        {
            "https" => uri.Host.Length == 0 ? "has no host" : null,
            "http" => LoopbackHosts.Contains(uri.Host) ? null : "has http on a host that is not localhost, 127.0.0.1 or [::1]; use https",
            _ when IsPrivateUse(uri.Scheme) => null,
            _ => $"has the scheme {uri.Scheme}: use https, http on localhost, or a native app's own scheme such as com.example.app",
        };
    }

    private bool IsPrivateUse(string scheme) =>
        !Dangerous.Contains(scheme) &&
        (scheme.Contains('.') || options.PrivateUseSchemes.Contains(scheme, StringComparer.OrdinalIgnoreCase));

    // On Unix, .NET takes a path for an absolute URI.
    private static bool HasScheme(string uri) => uri.IndexOf(':') > 0 && char.IsAsciiLetter(uri[0]);
}
