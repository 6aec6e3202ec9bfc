namespace Nexus.Core.Sources;

/// <summary>
/// An image name as the engine reads it (distribution/reference): optional registry host, repository path, and a tag, a digest or both.
/// </summary>
public sealed record ImageReference(string? Registry, string Repository, string? Tag, string? Digest)
{
    /// <summary>The reference as written, without defaults filled in.</summary>
    public override string ToString() =>
        (Registry is null ? "" : Registry + "/") + Repository
        + (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);
}
