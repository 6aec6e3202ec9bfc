using Nexus.Core.AttachedDatabases;
using Nexus.Core.Uploads;

namespace Nexus.Core.Deployments;

/// <summary>Where a new deployment is to stand, whatever it is made of.</summary>
/// <param name="Name">Null for one that is like <paramref name="Like"/>.</param>
/// <param name="Like">Any text, such as an image's or a repository's name.</param>
internal sealed record PlacementWish(
    string? Name, string Like, Guid? ProjectId, DeploymentEnvironment? Environment, string? Region, int? Replicas, int? AutoDestroyHours,
    IReadOnlyList<AttachedDatabaseKind>? Services)
{
    public static PlacementWish Of(CreateDeployment asked) => new(
        asked.Name, asked.Image.Split('/')[^1].Split(':', '@')[0], asked.ProjectId, asked.Environment, asked.Region, asked.Replicas,
        asked.AutoDestroyHours, asked.Services);

    public static PlacementWish Of(DeploySource asked) => new(
        asked.Name, RepositoryName(asked.RepoUrl), asked.ProjectId, asked.Environment, asked.Region, Replicas: null, asked.AutoDestroyHours,
        asked.Services);

    private static string RepositoryName(string url)
    {
        if (UploadReference.Is(url)) return "app";
        var name = url.TrimEnd('/').Split('/')[^1];
        return name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name;
    }
}
