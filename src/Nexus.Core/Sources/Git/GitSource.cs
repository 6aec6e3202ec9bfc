using System.Globalization;
using Nexus.Core.Sources.Programs;

namespace Nexus.Core.Sources.Git;

/// <summary>
/// Fetches one commit of a repository with a git process that has nothing of this machine: no configuration, no hooks, no protocol but
/// https, no submodules, no way out but our tunnel.
/// </summary>
public sealed class GitSource(GitOptions options, SourceLimits limits, CheckedConnection connect)
{
    /// <summary>Puts the files of the branch's newest commit, or of the default branch's, into the empty folder.</summary>
    /// <param name="credential">A token, or <c>user:token</c>; null for public repositories.</param>
    /// <exception cref="NexusException"><c>REPO_…</c>, <c>SOURCE_TOO_LARGE</c>, <c>SOURCE_LINK_ESCAPES</c>, or what <paramref name="address"/>'s host is refused for.</exception>
    public async Task<GitCheckout> FetchAsync(RepositoryAddress address, string? credential, string folder, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limits.FetchTime);
        try
        {
            using var home = new PrivateFolder();
            await using var tunnel = new GitTunnel(connect, limits.LargestBytes);
            var helper = await GitCredential.WriteAsync(home, address, credential, deadline.Token);
            var git = new GitProcess(options, folder, home.Path, helper, tunnel.Address);
            return await FetchAsync(git, tunnel, address, credential is not null, folder, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw GitErrors.TooSlow(limits.FetchTime);
        }
    }

    private async Task<GitCheckout> FetchAsync(
        GitProcess git, GitTunnel tunnel, RepositoryAddress address, bool hasCredential, string folder, CancellationToken cancellationToken)
    {
        await git.RequireAsync(["init", "--quiet", "--template="], cancellationToken);
        var fetched = await git.RunAsync(
            ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-commit-graph", address.Url.AbsoluteUri, address.Branch ?? "HEAD"], cancellationToken);
        if (fetched.ExitCode != 0) throw tunnel.Refusal ?? GitErrors.From(fetched.Error, address, hasCredential);
        var tree = await GitTree.ReadAsync(git, limits, cancellationToken);
        var checkedOut = await git.RunAsync(["checkout", "--quiet", "--detach", "FETCH_HEAD"], cancellationToken);
        if (checkedOut.ExitCode != 0) throw GitErrors.From(checkedOut.Error, address, hasCredential);
        var commit = await git.RequireAsync(["rev-parse", "FETCH_HEAD"], cancellationToken);
        Directory.Delete(Path.Combine(folder, ".git"), recursive: true);
        LinkCheck.Check(folder);
        return new(commit.Trim(), [$"Commit {commit.Trim()[..12]} has {tree.Files.ToString(CultureInfo.InvariantCulture)} files.", .. tree.Notes, .. LfsPointers.Notes(folder)]);
    }
}

/// <summary>A commit whose files are there now, and what a person should know about them.</summary>
public sealed record GitCheckout(string Commit, IReadOnlyList<string> Notes);
