namespace Nexus.Core.Sources;

/// <summary>Which images may run.</summary>
public sealed class ImagePolicy(string allowed)
{
    public ImageReference Check(string image) => throw new NexusException("INVALID_IMAGE", image + allowed);
}
