namespace Nexus.Auth.Clients.Documents;

/// <summary>Which client IDs are the URLs of metadata documents (draft-ietf-oauth-client-id-metadata-document §3).</summary>
internal static class DocumentUrl
{
    private const string Scheme = "https://";
    private const int MostCharacters = 2000;

    public static bool LooksLikeOne(string clientId) => clientId.StartsWith(Scheme, StringComparison.Ordinal);

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? ProblemOf(string url)
    {
        if (url.Length > MostCharacters) return $"is longer than {MostCharacters} characters";
        if (url.Any(character => character is <= ' ' or > '~' or '\\' or '"')) return "has a character that URLs can't have";
        if (url.Contains('#')) return "has a fragment (#…)";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) return "is not a URL";
        if (uri.UserInfo.Length > 0) return "has a user name or password in it";
        return ProblemOfPath(url[Scheme.Length..].Split('?')[0]);
    }

    // Judged as written; Uri has the dots resolved already.
    private static string? ProblemOfPath(string authorityAndPath)
    {
        var segments = authorityAndPath.Split('/');
        if (segments.Length < 2) return "has no path";
        return segments.Skip(1).Any(segment => segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..")
            ? "has a . or .. in its path"
            : null;
    }
}
