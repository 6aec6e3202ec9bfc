using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Git;

/// <summary>Where a repository is: https, without credentials. And which of its branches or tags.</summary>
public sealed partial record RepositoryAddress(Uri Url, string? Branch)
{
    private const int LongestUrl = 2000;

    /// <summary>Host and port as git writes them in its questions.</summary>
    internal string Authority => Url.Authority;

    /// <exception cref="NexusException"><c>INVALID_REPO_URL</c> or <c>INVALID_REPO_BRANCH</c>.</exception>
    public static RepositoryAddress Parse(string url, string? branch)
    {
        if (string.IsNullOrWhiteSpace(url) || url.Length > LongestUrl || url.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)) || !Uri.TryCreate(url, UriKind.Absolute, out var parsed))
            throw InvalidUrl("The repository's address is no https URL.", "Write it like https://github.com/acme/web.git.");
        if (parsed.Scheme != Uri.UriSchemeHttps)
            throw InvalidUrl("Repositories are fetched by https only.", "Write the address like https://github.com/acme/web.git; for a private one use repoSecretName.");
        if (parsed.UserInfo.Length > 0)
            throw InvalidUrl("The repository's address must not hold credentials.", "Keep the token in the secrets vault and name it in repoSecretName.");
        if (parsed.Query.Length > 0 || parsed.Fragment.Length > 0)
            throw InvalidUrl("The repository's address must not have a query or a fragment.", "Give the branch in repoBranch.");
        if (branch is not null && !IsBranch(branch))
            throw new NexusException("INVALID_REPO_BRANCH", "That is no name of a branch or tag.", "Write it like main or v1.2.", "repoBranch");
        return new(parsed, branch);
    }

    /// <summary>git-check-ref-format, and no dash at the start.</summary>
    private static bool IsBranch(string branch) =>
        Reference().IsMatch(branch) && !branch.Contains("..", StringComparison.Ordinal) && !branch.Contains("@{", StringComparison.Ordinal)
        && !branch.Contains("//", StringComparison.Ordinal) && !branch.Contains("/.", StringComparison.Ordinal)
        && !branch.EndsWith(".lock", StringComparison.Ordinal) && !branch.EndsWith('/') && !branch.EndsWith('.');

    private static NexusException InvalidUrl(string message, string hint) => new("INVALID_REPO_URL", message, hint, "repoUrl");

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_./+@#-]{0,249}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();
}
