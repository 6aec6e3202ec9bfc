using Nexus.Core.Deployments;
using Nexus.Core.Secrets;
using Nexus.Core.Sources.Archives;
using Nexus.Core.Sources.Folders;
using Nexus.Core.Sources.Git;
using Nexus.Core.Uploads;

namespace Nexus.Core.Builds;

/// <summary>Puts a revision's source into a folder, from its repository, its upload or its code.</summary>
internal sealed class SourceFetcher(GitFetcher git, CodeSource code, ZipSource zips, UploadStore uploads, DeploymentSecrets secrets)
{
    /// <summary>The commit that came; null for what is no repository. A revision whose commit is known gets that one again.</summary>
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

        if (revision.UploadId is { } upload)
        {
            await UnpackAsync(upload, folder, log, cancellationToken);
            return null;
        }

        log.Say($"Fetching {recipe.RepoUrl} {revision.Commit ?? recipe.Branch}".TrimEnd());
        var secret = recipe.SecretName is { } name ? await secrets.OpenAsync(revision, name, cancellationToken) : null;
        var fetched = await git.FetchAsync(new(recipe.RepoUrl!, revision.Commit ?? recipe.Branch, secret), folder, cancellationToken);
        folder.ClearScratch();
        log.Say($"Commit {fetched.Commit}: {fetched.Files} files, {(fetched.Bytes + 1023) / 1024} KiB.");
        return fetched.Commit;
    }

    private async Task UnpackAsync(Guid id, SourceFolder folder, BuildLogWriter log, CancellationToken cancellationToken)
    {
        await using (var archive = ZipSource.CreateArchive(folder))
        {
            var upload = await uploads.CopyAsync(id, archive, cancellationToken);
            log.Say($"The source is the upload {id}: {upload.Files} files, packed {(upload.Bytes + 1023) / 1024} KiB, SHA-256 {upload.Sha256}.");
            await zips.UnpackAsync(archive, folder, cancellationToken);
        }

        folder.ClearScratch();
    }
}
