using System.Globalization;
using Nexus.Core.Sources;

namespace Nexus.Core.Builds;

/// <summary>The name that a revision's image is built under. No Dockerfile and no caller can give another image such a name.</summary>
internal static class BuildTag
{
    private const string Folder = "nexus-build";

    public static string RepositoryOf(Guid deploymentId) => $"{Folder}/{deploymentId:N}";

    public static string Of(Guid deploymentId, int revision) =>
        string.Create(CultureInfo.InvariantCulture, $"{RepositoryOf(deploymentId)}:r{revision}");

    /// <summary>The revision that a tag of the deployment is for; null for any other tag.</summary>
    public static int? RevisionOf(Guid deploymentId, string tag)
    {
        var prefix = RepositoryOf(deploymentId) + ":r";
        return tag.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(tag.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
                ? revision
                : null;
    }

    /// <summary>Whether the image is one that was built here, and so its deployment's own.</summary>
    public static bool Owns(ImageReference image) => image.Registry is null && image.Repository.StartsWith(Folder + "/", StringComparison.Ordinal);
}
