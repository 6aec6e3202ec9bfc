using Nexus.Core.Sources.Folders;

namespace Nexus.Core.Sources.Git;

/// <summary>The refusals of fetching a repository. None repeats a credential or what a stranger's host said.</summary>
internal static class GitErrors
{
    private const string AllowHint = "Use a repository on the public internet, or have the operator add the host to Nexus:Outbound:AllowedHosts.";

    public static NexusException Url(string message, string hint) => Error("URL_NOT_ALLOWED", message, hint);

    public static NexusException Address(string host) =>
        Error("ADDRESS_NOT_ALLOWED", $"{ShownText.Of(host)} has an address that is not public.", AllowHint);

    public static NexusException Branch(string message) => new(
        "INVALID_BRANCH", message, "Give a branch or tag as git shows it, such as main or v1.2, or a full commit id.", "repoBranch");

    public static NexusException NotFound(bool hasSecret) => Error(
        "NOT_FOUND",
        hasSecret ? "There is no such repository, or the secret doesn't open it." : "There is no such repository, or it is private.",
        hasSecret
            ? "Check the address, and that the secret's token is valid, may read this repository and belongs to its host."
            : "Check the address. For a private repository keep a token as a secret and name it in repoSecretName.");

    public static NexusException BranchNotFound(string branch, IReadOnlyCollection<string> there) => new(
        "BRANCH_NOT_FOUND",
        $"The repository has no branch or tag '{ShownText.Of(branch)}'.",
        there.Count == 0 ? "Check the name." : $"It has {string.Join(", ", there.Select(ShownText.Of))}.",
        "repoBranch");

    public static NexusException CommitNotFound() => new(
        "BRANCH_NOT_FOUND",
        "The repository doesn't offer this commit.",
        "Check the commit id, or name a branch or tag: some hosts give out only what those point to.",
        "repoBranch");

    public static NexusException Empty() => Error("EMPTY", "The repository has no commits.", "Push something to it first.");

    public static NexusException NoHost(string host) =>
        Error("UNREACHABLE", $"{ShownText.Of(host)} has no address.", "Check the host's name in the address.");

    public static NexusException Unreachable(string host) => Error(
        "UNREACHABLE", $"{ShownText.Of(host)} can't be reached.", "Check the host and port in the address, and whether it has a valid certificate.");

    public static NexusException Unavailable(string host) =>
        Error("UNAVAILABLE", $"{ShownText.Of(host)} refuses to answer at the moment.", "Try again in some minutes.");

    public static NexusException Timeout() => Error(
        "TIMEOUT", "The repository didn't come in time.", "Try again later; make it smaller if it is large.");

    public static NexusException TooManyRedirects() =>
        Error("URL_NOT_ALLOWED", "The repository's address is redirected again and again.", "Give the address where the repository is now.");

    public static NexusException TooLarge(SourceLimits limits) => SourceKind.Repository.TooLarge(limits.LargestBytes);

    public static NexusException Unreadable() => Error(
        "UNREADABLE", "Git could not read the repository.", "Check that `git clone --depth 1` works with it, and `git fsck` finds nothing.");

    public static NexusException Submodules(string path) => Error(
        "HAS_SUBMODULES",
        $"'{ShownText.Of(path)}' is a submodule; submodules aren't fetched.",
        "Bring its files into the repository (git subtree does), or let the build fetch them as a package.");

    public static NexusException LargeFiles(string path) => Error(
        "USES_LFS",
        $"'{ShownText.Of(path)}' is kept in Git LFS; only a pointer to it is in the repository.",
        "Keep the file in the repository itself, or let the build fetch it from where it is.");

    private static NexusException Error(string code, string message, string hint) => SourceKind.Repository.Error(code, message, hint);
}
