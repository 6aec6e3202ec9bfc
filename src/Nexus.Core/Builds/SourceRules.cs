using System.Net;
using System.Text;
using Nexus.Core.Deployments;
using Nexus.Core.Networking;
using Nexus.Core.Sources.Archives;
using Nexus.Core.Sources.Dockerfiles.Policy;
using Nexus.Core.Sources.Frameworks;
using Nexus.Core.Sources.Git;
using Nexus.Core.Uploads;

namespace Nexus.Core.Builds;

/// <summary>Checks what is asked of a build as far as that is possible without fetching anything; each error names its argument.</summary>
public sealed class SourceRules(OutboundOptions outbound, DockerfilePolicy policy)
{
    private const int LongestCodeBytes = 256 * 1024;

    /// <exception cref="NexusException">Something of it can't be built on this server.</exception>
    internal SourceRecipe Check(SourceRecipe recipe)
    {
        if (UploadReference.Is(recipe.RepoUrl)) CheckUpload(recipe);
        else if (recipe.RepoUrl is { } url) CheckRepository(url, recipe.Branch);
        if (recipe.Code is { } code) CheckCode(code, recipe);
        recipe.Wishes().Check();
        if (recipe.Framework is { } framework and not ("docker" or "dockerfile")) KnownFrameworks.Get(framework);
        if (recipe.Dockerfile is { } dockerfile) policy.Check(dockerfile);
        return recipe;
    }

    /// <summary>Whether it is there is asked when the revision is bound to it.</summary>
    private static void CheckUpload(SourceRecipe recipe)
    {
        if (UploadReference.IdOf(recipe.RepoUrl) is null) throw UploadErrors.NotFound();
        if (recipe.Branch is not null) throw UploadErrors.OnlyForRepositories("repoBranch");
        if (recipe.SecretName is not null) throw UploadErrors.OnlyForRepositories("repoSecretName");
    }

    private void CheckRepository(string url, string? branch)
    {
        var parsed = GitUrl.Parse(url, IsAllowed);
        // Names are looked up when it is fetched; an address can be judged at once.
        if (IPAddress.TryParse(parsed.Host.Trim('[', ']'), out var address) && !PublicAddress.Is(address) && !IsAllowed(parsed.Host))
            throw GitErrors.Address(parsed.Host);
        if (branch is not null) GitRevision.Check(branch);
    }

    private static void CheckCode(string code, SourceRecipe recipe)
    {
        if (recipe.Framework is not { } framework)
            throw DeploymentErrors.Invalid("framework", "code comes without a framework.", "Name the framework that it is for, e.g. static, node or python.");
        if (Encoding.UTF8.GetByteCount(code) > LongestCodeBytes || string.IsNullOrWhiteSpace(code))
            throw DeploymentErrors.Invalid(
                "code", $"code is empty or larger than {LongestCodeBytes / 1024} KiB.", "Deploy larger applications from a repository.");
        CodeSource.FilesOf(code, framework);
    }

    private bool IsAllowed(string host) => outbound.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
}
