using Nexus.Core.Deployments;
using Nexus.Core.Secrets;
using Nexus.Core.Sources.Archives;
using Nexus.Core.Sources.Folders;
using Nexus.Core.Sources.Git;

namespace Nexus.Core.Builds;

/// <summary>Puts a revision's source into a folder, from its repository or its code.</summary>
internal sealed class SourceFetcher(GitFetcher git, CodeSource code, DeploymentSecrets secrets)
{
    /// <summary>The commit that came; null for code. A revision whose commit is known gets that one again.</summary>
    public async Task<string?> FetchAsync(
        Revision revision, SourceRecipe recipe, SourceFolder folder, BuildLogWriter log, CancellationToken cancellationToken)
    {
        if (recipe.Code is { } text)
        {
            var files = CodeSource.FilesOf(text, recipe.Framework!);
            await code.WriteAsync(files, folder, cancellationToken);
            log.Say($"The source is {string.Join(" and ", files.Keys)}.");
            return null;
        }

        log.Say($"Fetching {recipe.RepoUrl} {revision.Commit ?? recipe.Branch}".TrimEnd());
        var secret = recipe.SecretName is { } name ? await secrets.OpenAsync(revision, name, cancellationToken) : null;
        var fetched = await git.FetchAsync(new(recipe.RepoUrl!, revision.Commit ?? recipe.Branch, secret), folder, cancellationToken);
        folder.ClearScratch();
        log.Say($"Commit {fetched.Commit}: {fetched.Files} files, {(fetched.Bytes + 1023) / 1024} KiB.");
        return fetched.Commit;
    }
}
