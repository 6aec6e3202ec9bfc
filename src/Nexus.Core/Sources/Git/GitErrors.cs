namespace Nexus.Core.Sources.Git;

/// <summary>Why a repository could not be fetched, read out of what git says. Git's own words may hold addresses and stay here.</summary>
internal static class GitErrors
{
    public static NexusException From(string error, RepositoryAddress address, bool hasCredential)
    {
        if (Has(error, "couldn't find remote ref", "Remote branch", "no matching remote head"))
            return address.Branch is null
                ? new("REPO_EMPTY", "The repository has no commits.", "Push a first commit, then deploy again.", "repoUrl")
                : new("REPO_BRANCH_NOT_FOUND", $"The repository has no branch or tag '{address.Branch}'.", "Check the spelling of repoBranch.", "repoBranch");
        if (Has(error, "Authentication failed", "could not read Username", "could not read Password", "error: 403", "error: 401", "Permission denied"))
            return hasCredential
                ? new("REPO_ACCESS_DENIED", "The repository does not accept the credential.", "Check that the secret of repoSecretName is a token that may read this repository and has not expired.", "repoSecretName")
                : new("REPO_ACCESS_DENIED", "The repository does not exist, or it is private.", "Check the address; for a private repository name a vault secret with a read token in repoSecretName.", "repoUrl");
        if (Has(error, "not found", "error: 404", "not valid: is this a git repository", "does not appear to be a git repository"))
            return new("REPO_NOT_FOUND", "There is no repository at this address.", "Check the spelling of repoUrl.", "repoUrl");
        if (Has(error, "fsck", "hasDotgit", "Invalid path", "error in tree", "badTree", "gitmodules", "malicious"))
            return Invalid("The repository holds names or objects that git holds for dangerous.");
        return new("REPO_UNREACHABLE", "The repository could not be fetched.", "Check that the address can be reached by https from the internet, then try again.", "repoUrl");
    }

    public static NexusException Invalid(string message) => new("REPO_INVALID", message, "Remove them from the branch that is deployed.", "repoUrl");

    public static NexusException TooLarge(string message) =>
        new("SOURCE_TOO_LARGE", message, "Take what the build can fetch itself out of the repository.", "repoUrl");

    public static NexusException TooSlow(TimeSpan limit) => new(
        "REPO_TIMEOUT", $"Fetching the repository took longer than {limit.TotalSeconds:0} s.", "Try again later, or make the repository smaller.", "repoUrl");

    private static bool Has(string error, params string[] parts) => parts.Any(part => error.Contains(part, StringComparison.OrdinalIgnoreCase));
}
