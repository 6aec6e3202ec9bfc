using Nexus.Core.Builds;

namespace Nexus.Core.Sources;

/// <summary>Which images may run: the official ones of common languages and servers, and what the operator adds.</summary>
public sealed class ImagePolicy
{
    /// <summary>The contract's list. Each stands for one official repository of Docker Hub, however it is written.</summary>
    public static readonly IReadOnlyList<string> DefaultPrefixes =
    [
        "node:", "python:", "nginx:", "alpine:", "ubuntu:", "debian:", "postgres:", "redis:", "mongo:", "mysql:", "httpd:",
        "php:", "ruby:", "golang:", "openjdk:", "rust:", "gcc:",
    ];

    private readonly List<AllowedPrefix> _allowed;

    /// <exception cref="FormatException">A prefix of the options isn't one.</exception>
    public ImagePolicy(ImageOptions options) =>
        _allowed = [.. DefaultPrefixes.Concat(options.AllowedPrefixes).Select(prefix => new AllowedPrefix(prefix))];

    /// <summary>Reads the reference and refuses it where it isn't allowed. What was built here is its deployment's alone.</summary>
    /// <exception cref="NexusException"><c>INVALID_IMAGE</c> or <c>IMAGE_NOT_ALLOWED</c>.</exception>
    public ImageReference Check(string image)
    {
        var reference = ImageReference.Parse(image);
        return !BuildTag.Owns(reference) && _allowed.Exists(prefix => prefix.Allows(reference))
            ? reference
            : throw new NexusException(
                "IMAGE_NOT_ALLOWED",
                $"Image '{reference}' is not allowed on this server.",
                $"Use an image of {string.Join(", ", _allowed.Select(prefix => prefix.ToString().TrimEnd(':')))}, "
                + "or ask the operator to add yours to Nexus__Images__AllowedPrefixes.",
                "image");
    }
}
