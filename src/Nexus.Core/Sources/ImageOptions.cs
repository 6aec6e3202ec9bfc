using Nexus.Core.Providers;

namespace Nexus.Core.Sources;

/// <summary>Settings under <c>Nexus:Images</c>.</summary>
public sealed record ImageOptions
{
    /// <summary>Whether a first deployment asks the registry for images that are on the engine already.</summary>
    public PullPolicy Pull { get; init; } = PullPolicy.Missing;

    /// <summary>Of how many revisions that have served the images are kept for a rollback, for each deployment.</summary>
    public int KeepRevisions { get; init; } = 10;

    /// <summary>
    /// What may run beside the official images: <c>ghcr.io/acme/</c> (all below), <c>ghcr.io/acme/web:</c> (one repository),
    /// <c>ghcr.io/acme/web:1.</c> (tags that begin so), or <c>*</c> for everything.
    /// </summary>
    public IReadOnlyList<string> AllowedPrefixes { get; init; } = [];
}
