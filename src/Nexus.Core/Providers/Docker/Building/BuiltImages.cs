using Docker.DotNet.Models;
using Nexus.Core.Builds;

namespace Nexus.Core.Providers.Docker.Building;

/// <summary>Finds what was built, by its tag: a Dockerfile can claim any label, but no name.</summary>
internal sealed class BuiltImages(DockerConnection connection)
{
    public Task<IReadOnlyList<BuiltImage>> ListAsync(Guid deploymentId, CancellationToken cancellationToken) =>
        connection.CallAsync<IReadOnlyList<BuiltImage>>(
            async engine =>
            {
                var found = new List<BuiltImage>();
                var images = await engine.Client.Images.ListImagesAsync(new() { Filters = Filter(deploymentId) }, cancellationToken);
                foreach (var tag in images.SelectMany(image => image.RepoTags ?? []))
                    if (BuildTag.RevisionOf(deploymentId, tag) is { } revision && await DockerImages.FindAsync(engine, tag, cancellationToken) is { } image)
                        found.Add(Read(image, revision));
                return found;
            },
            cancellationToken);

    private static Dictionary<string, IDictionary<string, bool>> Filter(Guid deploymentId) => new()
    {
        ["reference"] = new Dictionary<string, bool> { [BuildTag.RepositoryOf(deploymentId)] = true },
    };

    private static BuiltImage Read(ImageInspectResponse image, int revision) => new(
        image.ID, revision, Label(image, BuildLabels.Commit), int.TryParse(Label(image, BuildLabels.Port), out var port) ? port : null,
        DockerImages.ExposedPorts(image));

    private static string? Label(ImageInspectResponse image, string name) =>
        image.Config?.Labels is { } labels && labels.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
