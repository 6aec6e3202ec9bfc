using Nexus.Core.Networking;
using Nexus.Core.Sources.Folders;

namespace Nexus.Core.Sources.Git;

/// <summary>Fetches one commit of a repository into a folder, with a git that can do nothing else.</summary>
internal sealed class GitFetcher(RemoteFinder finder, OutboundOptions outbound, SourceLimits limits)
{
    /// <summary>The commit that a source stands for now, without fetching it. A full commit id is taken at its word.</summary>
    /// <exception cref="NexusException">The source isn't allowed, isn't there or doesn't answer in time.</exception>
    public Task<string> ResolveAsync(GitSource source, SourceFolder folder, CancellationToken cancellationToken) =>
        InTimeAsync(async inTime =>
        {
            var repository = await OpenAsync(source, folder, inTime);
            return (await repository.FindAsync(source.Branch, inTime)).Commit;
        }, cancellationToken);

    /// <summary>Puts the files of the source's commit into <see cref="SourceFolder.Files"/>, without anything of git's own.</summary>
    /// <exception cref="NexusException">As <see cref="ResolveAsync"/>, or what is in it isn't allowed. The folder may hold a part then.</exception>
    public Task<FetchedSource> FetchAsync(GitSource source, SourceFolder folder, CancellationToken cancellationToken) =>
        InTimeAsync(async inTime =>
        {
            var repository = await OpenAsync(source, folder, inTime);
            var wanted = await repository.FindAsync(source.Branch, inTime);
            await repository.FetchAsync(wanted.Id, inTime);
            return await repository.CopyAsync(wanted.Id, folder.Files, inTime);
        }, cancellationToken);

    private async Task<GitRepository> OpenAsync(GitSource source, SourceFolder folder, CancellationToken cancellationToken)
    {
        if (source.Branch is { } branch) GitRevision.Check(branch);
        folder.ClearScratch();
        var remote = await finder.FindAsync(source, cancellationToken);
        return new(new GitWorkspace(folder.Scratch, remote, limits, outbound.AuthoritiesFile), remote, source.Secret is not null, limits);
    }

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limits.FetchTime);
        try
        {
            return await work(time.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw GitErrors.Timeout();
        }
    }
}
