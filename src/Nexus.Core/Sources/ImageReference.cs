namespace Nexus.Core.Sources;

/// <summary>
/// An image name as the engine reads it (distribution/reference): optional registry host, repository path, and a tag, a digest or both.
/// </summary>
public sealed record ImageReference(string? Registry, string Repository, string? Tag, string? Digest)
{
    private const string DockerHub = "docker.io";
    private const string Official = "library/";

    /// <summary>The registry that is asked: <c>docker.io</c> where none is written.</summary>
    public string Host => Registry?.ToLowerInvariant() switch
    {
        null or "index.docker.io" => DockerHub,
        var host => host,
    };

    /// <summary>The repository at that registry: Docker Hub keeps <c>nginx</c> under <c>library/nginx</c>.</summary>
    public string Path => Host == DockerHub && !Repository.Contains('/') ? Official + Repository : Repository;

    /// <summary>The one short way to write the repository, as the engine shows it.</summary>
    public string FamiliarName
    {
        get
        {
            if (Host != DockerHub) return $"{Registry}/{Repository}";
            var isOfficial = Path.StartsWith(Official, StringComparison.Ordinal) && Path.LastIndexOf('/') < Official.Length;
            return isOfficial ? Path[Official.Length..] : Path;
        }
    }

    /// <summary>Reads a reference that carries a tag or digest; anything else is <c>INVALID_IMAGE</c>.</summary>
    /// <exception cref="NexusException">It isn't a reference, or has neither tag nor digest.</exception>
    public static ImageReference Parse(string text) => ImageReferenceParser.Parse(text);

    /// <summary>The reference as written, without defaults filled in.</summary>
    public override string ToString() =>
        (Registry is null ? "" : Registry + "/") + Repository
        + (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);
}
