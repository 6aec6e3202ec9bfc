using System.Globalization;

namespace Nexus.Core.Sources.Git;

/// <summary>What the fetched commit holds, counted before anything of it is written out.</summary>
internal sealed record GitTree(int Files, IReadOnlyList<string> Notes)
{
    private const string Submodule = "160000";

    public static async Task<GitTree> ReadAsync(GitProcess git, SourceLimits limits, CancellationToken cancellationToken)
    {
        var files = 0;
        var bytes = 0L;
        var submodules = 0;
        var exitCode = await git.RunAsync(["ls-tree", "-r", "-l", "-z", "FETCH_HEAD"], '\0', Count, _ => { }, cancellationToken);
        if (exitCode != 0) throw GitErrors.Invalid("The repository's tree can't be read.");
        if (files > limits.MostFiles) throw GitErrors.TooLarge($"The repository has {files} files; this server takes {limits.MostFiles}.");
        if (bytes > limits.LargestBytes) throw GitErrors.TooLarge($"The repository's files have {bytes / (1024 * 1024)} MiB; this server takes {limits.LargestBytes / (1024 * 1024)}.");
        return new(files, submodules == 0 ? [] : [$"Submodules are not fetched: {submodules} folders stay empty. Copy what the build needs into the repository."]);

        // MODE TYPE OBJECT SIZE<tab>PATH
        void Count(string entry)
        {
            var fields = entry.Split('\t', 2)[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            files++;
            if (fields is [Submodule, ..]) submodules++;
            if (fields is [_, _, _, var size] && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var length)) bytes += length;
        }
    }
}
