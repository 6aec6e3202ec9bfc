using System.Text;
using Nexus.Core.Sources.Folders;

namespace Nexus.Core.Sources.Git;

/// <summary>A repository that was found: what it offers, and one commit of it, fetched and copied out.</summary>
internal sealed class GitRepository(GitWorkspace workspace, GitRemote remote, bool hasSecret, SourceLimits limits)
{
    private const int MostListedBytes = 1024 * 1024;
    private const int MostNamedBranches = 10;

    /// <summary>What a branch, tag or commit id stands for; null is the default branch.</summary>
    public async Task<RemoteRef> FindAsync(string? name, CancellationToken cancellationToken)
    {
        if (name is not null && GitRevision.IsCommit(name)) return new(name, name);
        var found = (await ListAsync(RemoteRefs.Patterns(name), cancellationToken)).Find(name);
        return found ?? throw await MissingAsync(name, cancellationToken);
    }

    public async Task FetchAsync(string id, CancellationToken cancellationToken)
    {
        var format = id.Length == 64 ? "sha256" : "sha1";
        await RunAsync(["init", "--quiet", "--bare", "--template=", $"--object-format={format}", workspace.Repository], cancellationToken);
        await RunAsync(
            ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--end-of-options", workspace.Url, id],
            cancellationToken);
    }

    /// <summary>Copies a fetched commit's files: its tree is read and judged whole before the first is written.</summary>
    public async Task<FetchedSource> CopyAsync(string id, string folder, CancellationToken cancellationToken)
    {
        var commit = (await ReadAsync(["rev-parse", "--verify", "--quiet", $"{id}^{{commit}}"], cancellationToken)).Trim();
        var entries = await ReadTreeAsync(commit, cancellationToken);
        var writer = new SourceWriter(folder, SourceKind.Repository, limits);
        await using var blobs = GitCommand.Start(workspace, limits, "cat-file", "--batch", "--buffer");
        var asking = AskAsync(blobs.Input, entries, cancellationToken);
        await CopyAsync(blobs.Output, entries, writer, cancellationToken);
        await asking;
        writer.Finish();
        return new(commit, writer.Files, writer.Bytes);
    }

    private static async Task CopyAsync(
        Stream blobs, IReadOnlyList<TreeEntry> entries, SourceWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            await using var output = new BufferedStream(blobs, 64 * 1024);
            var reader = new BlobReader(output, writer);
            foreach (var entry in entries) await reader.CopyAsync(entry, cancellationToken);
        }
        catch (EndOfStreamException)
        {
            throw GitErrors.Unreadable();
        }
    }

    private static async Task AskAsync(Stream input, IReadOnlyList<TreeEntry> entries, CancellationToken cancellationToken)
    {
        await using var lines = new StreamWriter(input, Encoding.ASCII);
        foreach (var entry in entries) await lines.WriteAsync($"{entry.Id}\n".AsMemory(), cancellationToken);
    }

    private async Task<IReadOnlyList<TreeEntry>> ReadTreeAsync(string commit, CancellationToken cancellationToken)
    {
        await using var git = GitCommand.Start(workspace, limits, "ls-tree", "-r", "-l", "-z", "--full-tree", commit);
        var entries = await new TreeReader(limits).ReadAsync(git.Output, cancellationToken);
        await SucceedAsync(git, cancellationToken);
        return entries;
    }

    private async Task<NexusException> MissingAsync(string? name, CancellationToken cancellationToken)
    {
        var all = await ListAsync(["HEAD", "refs/heads/*"], cancellationToken);
        if (all.IsEmpty) return GitErrors.Empty();
        return GitErrors.BranchNotFound(name ?? "HEAD", [.. all.Branches.Take(MostNamedBranches)]);
    }

    private async Task<RemoteRefs> ListAsync(IEnumerable<string> patterns, CancellationToken cancellationToken) =>
        RemoteRefs.Parse(await ReadAsync(["ls-remote", "--end-of-options", workspace.Url, .. patterns], cancellationToken));

    private async Task RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        await ReadAsync(arguments, cancellationToken);

    /// <summary>The output, up to what any such list may have; the rest isn't waited for.</summary>
    private async Task<string> ReadAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        await using var git = GitCommand.Start(workspace, limits, arguments);
        var output = new byte[MostListedBytes];
        var length = await git.Output.ReadAtLeastAsync(output, output.Length, throwOnEndOfStream: false, cancellationToken);
        if (length < output.Length) await SucceedAsync(git, cancellationToken);
        return Encoding.UTF8.GetString(output, 0, length);
    }

    private async Task SucceedAsync(GitCommand git, CancellationToken cancellationToken)
    {
        if (await git.FailureAsync(cancellationToken) is not { } said) return;
        throw workspace.HasReachedLimit ? GitErrors.TooLarge(limits) : GitFailure.Explain(said, remote, hasSecret, limits);
    }
}
