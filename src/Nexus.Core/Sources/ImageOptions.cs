using Nexus.Core.Providers;

namespace Nexus.Core.Sources;

/// <summary>Settings under <c>Nexus:Images</c>.</summary>
public sealed record ImageOptions
{
    /// <summary>Whether a first deployment asks the registry for images that are on the engine already.</summary>
    public PullPolicy Pull { get; init; } = PullPolicy.Missing;
}
