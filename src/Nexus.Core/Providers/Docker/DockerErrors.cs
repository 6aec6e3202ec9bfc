using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;

namespace Nexus.Core.Providers.Docker;

/// <summary>The engine's failures in the words of the contract: what is wrong, what to do, and whether trying again may help.</summary>
internal static class DockerErrors
{
    public const string Unavailable = "PROVIDER_UNAVAILABLE";

    private const string DefaultHint = "Call nexusai_providers_list to see when it is available again.";

    /// <summary>Null for what is passed on as it is: the caller's own cancellation, and what has been translated already.</summary>
    public static ProviderException? Translate(Exception failure, string host, CancellationToken cancellationToken) => failure switch
    {
        ProviderException or NexusException => null,
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        DockerApiException refused => FromEngine(refused),
        HttpRequestException or SocketException or IOException or OperationCanceledException or TimeoutException
            or NotSupportedException or UriFormatException =>
            new ProviderException(Unavailable, WhyUnavailable(failure, host), DefaultHint, transient: true, failure),
        _ => null,
    };

    /// <summary>The engine's own sentence, out of its JSON.</summary>
    public static string MessageOf(DockerApiException refused)
    {
        try
        {
            using var body = JsonDocument.Parse(refused.ResponseBody ?? "");
            return body.RootElement.GetProperty("message").GetString() ?? "";
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"HTTP {(int)refused.StatusCode}";
        }
    }

    public static ProviderException DiskFull(Exception? inner) => new(
        "PROVIDER_DISK_FULL", "The Docker Engine's disk is full.",
        "Ask the operator to free space, e.g. with docker system prune.", transient: true, inner);

    public static bool IsDiskFull(string message) => Has(message, "no space left on device");

    public static bool Has(string message, string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static ProviderException FromEngine(DockerApiException refused)
    {
        var message = MessageOf(refused);
        if (IsDiskFull(message)) return DiskFull(refused);
        var passing = refused.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.Conflict;
        return new ProviderException(
            "PROVIDER_ERROR", $"The Docker Engine refused: {message}",
            passing ? "This is tried again by itself." : null, passing, refused);
    }

    private static string WhyUnavailable(Exception failure, string host) => failure switch
    {
        NotSupportedException => failure.Message,
        UriFormatException =>
            $"'{host}' is not an address of a Docker Engine. Set Nexus__Docker__Host to unix:///path or tcp://host:port.",
        OperationCanceledException or TimeoutException =>
            $"The Docker Engine at {host} does not answer in time. Look at its log, e.g. with journalctl -u docker.",
        _ => WhyNoConnection(SocketErrorOf(failure), host),
    };

    private static string WhyNoConnection(SocketError? error, string host) => error switch
    {
        // What .NET makes of ENOENT and EACCES at a unix socket.
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported =>
            $"There is no Docker Engine at {host}. Install and start it, or set Nexus__Docker__Host.",
        SocketError.AccessDenied =>
            $"This server may not use the Docker Engine at {host}. Add its user to the group docker and start it again.",
        SocketError.ConnectionRefused =>
            $"The Docker Engine at {host} is not running. Start it, e.g. with systemctl start docker.",
        SocketError.HostNotFound =>
            $"The host of {host} is not known. Correct Nexus__Docker__Host.",
        _ => $"The connection to the Docker Engine at {host} failed. Look whether it is running.",
    };

    private static SocketError? SocketErrorOf(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            if (cause is SocketException socket)
                return socket.SocketErrorCode;
        return null;
    }
}
