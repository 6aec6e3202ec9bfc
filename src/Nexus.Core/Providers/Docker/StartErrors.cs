using Docker.DotNet;

namespace Nexus.Core.Providers.Docker;

/// <summary>Why a container could not be started, without the chain of programs that passed the message on.</summary>
internal static class StartErrors
{
    private static readonly string[] Layers =
        ["unable to start container process: ", "OCI runtime create failed: ", "starting container process caused: "];

    public static ProviderException From(DockerApiException refused)
    {
        var message = DockerErrors.MessageOf(refused);
        if (DockerErrors.IsDiskFull(message)) return DockerErrors.DiskFull(refused);
        var isCommand = DockerErrors.Has(message, "exec: ") || DockerErrors.Has(message, "permission denied");
        return isCommand
            ? new ProviderException(
                "CONTAINER_START_FAILED", $"The container could not be started: {Short(message)}.",
                "Check the command: its first word must be a program in the image that may be executed there.",
                transient: false, refused)
            : new ProviderException(
                "CONTAINER_START_FAILED", $"The container could not be started: {Short(message)}.",
                "This is tried again by itself. If it stays, the operator finds more in the Docker Engine's log.",
                transient: true, refused);
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
