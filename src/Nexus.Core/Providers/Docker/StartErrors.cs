using Docker.DotNet;

namespace Nexus.Core.Providers.Docker;

/// <summary>
/// Why a container could not be started, without the chain of programs that passed the message on. A command that the image lacks
/// is not among it: that the init process finds out, and the replica ends with code 127.
/// </summary>
internal static class StartErrors
{
    /// <summary>The engine answers 500 to these too, though no second try helps.</summary>
    private static readonly string[] ImageFaults =
        ["unable to find user", "unable to find group", "no such file or directory", "not a directory", "permission denied", "exec: "];

    private static readonly string[] Layers =
        ["unable to start container process: ", "OCI runtime create failed: ", "starting container process caused: "];

    public static ProviderException From(DockerApiException refused)
    {
        var message = DockerErrors.MessageOf(refused);
        if (DockerErrors.IsDiskFull(message)) return DockerErrors.DiskFull(refused);
        var isTheImages = ImageFaults.Any(fault => DockerErrors.Has(message, fault));
        return new ProviderException(
            "CONTAINER_START_FAILED",
            $"The container could not be started: {Short(message)}.",
            isTheImages
                ? "Check the image: its user and working directory must exist in it."
                : "This is tried again by itself. If it stays, the operator finds more in the Docker Engine's log.",
            transient: !isTheImages, refused);
    }

    /// <summary>The innermost sentence.</summary>
    public static string Short(string message)
    {
        foreach (var layer in Layers)
        {
            var at = message.LastIndexOf(layer, StringComparison.Ordinal);
            if (at >= 0) message = message[(at + layer.Length)..];
        }

        const string Tail = ": unknown";
        return message.EndsWith(Tail, StringComparison.Ordinal) ? message[..^Tail.Length] : message;
    }
}
