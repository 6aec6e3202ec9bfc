namespace Nexus.Core.Providers.Docker;

/// <summary>
/// Reads out of the engine's sentence why a pull failed. Its status code doesn't tell: it hands on as 404 what registries call
/// denied, and as 500 what is a name that can't be resolved.
/// </summary>
internal static class PullErrors
{
    public const string RegistryUnreachable = "REGISTRY_UNREACHABLE";

    private static readonly string[] RateLimited = ["toomanyrequests", "rate limit", "429 Too Many"];

    private static readonly string[] Platform =
        ["no matching manifest", "does not match the specified platform", "cannot be used on this platform"];

    private static readonly string[] Denied =
        ["access denied", "unauthorized", "authentication required", "no basic auth", "denied:", ": denied", "403 Forbidden", "401 Unauthorized"];

    private static readonly string[] NotFound = ["manifest unknown", "name unknown", "not found", "404"];

    private static readonly string[] Certificate = ["x509:", "certificate", "HTTP response to HTTPS client"];

    private static readonly string[] Unreachable =
    [
        "no such host", "server misbehaving", "name resolution", "connection refused", "connection reset", "no route to host",
        "network is unreachable", "i/o timeout", "TLS handshake timeout", "Client.Timeout", "deadline exceeded",
        "request canceled", "proxyconnect", "EOF", "502 Bad", "503 Service", "504 Gateway", "500 Internal",
    ];

    public static ProviderException From(string image, string message, Exception? inner)
    {
        if (DockerErrors.IsDiskFull(message)) return DockerErrors.DiskFull(inner);
        if (Any(RateLimited, message)) return LimitReached(image, inner);
        if (Any(Platform, message)) return WrongPlatform(image, inner);
        if (Any(Denied, message)) return PullDenied(image, inner);
        if (Any(Certificate, message)) return Untrusted(image, inner);
        // Before "not found", which is also what a resolver says of a host.
        if (Any(Unreachable, message)) return NotReached(image, "cannot be reached", inner);
        if (Any(NotFound, message)) return Missing(image, inner);
        return new ProviderException(
            "IMAGE_PULL_FAILED", $"Image '{image}' could not be pulled: {message}", "Check the image's name, then try again.",
            transient: true, inner);
    }

    public static ProviderException Missing(string image, Exception? inner) => new(
        "IMAGE_NOT_FOUND", $"Image '{image}' does not exist in its registry.",
        "Check the spelling of the repository and the tag, then deploy again.", transient: false, inner);

    public static ProviderException NotReached(string image, string how, Exception? inner) => new(
        RegistryUnreachable, $"The registry of image '{image}' {how}.",
        "This is tried again for a while. If it stays, check that the server has a way to that registry.", transient: true, inner);

    private static ProviderException LimitReached(string image, Exception? inner) => new(
        "REGISTRY_RATE_LIMITED", $"The registry of image '{image}' answers that its pull limit is reached.",
        "This is tried again for a while. Else wait, or use an image that is on the engine already.", transient: true, inner);

    private static ProviderException WrongPlatform(string image, Exception? inner) => new(
        "IMAGE_PLATFORM_MISMATCH", $"Image '{image}' has no variant for the engine's processor and operating system.",
        "Use an image or tag that is built for the engine's platform.", transient: false, inner);

    private static ProviderException PullDenied(string image, Exception? inner) => new(
        "IMAGE_PULL_DENIED", $"The registry does not give image '{image}' away: it does not exist there or needs credentials.",
        "Check the spelling. For a private image, ask the operator to sign the engine in to that registry.", transient: false, inner);

    private static ProviderException Untrusted(string image, Exception? inner) => new(
        "REGISTRY_UNTRUSTED", $"The engine does not trust the registry of image '{image}' (its certificate, or plain HTTP).",
        "Ask the operator to give the engine the registry's certificate or to list it under insecure-registries.",
        transient: false, inner);

    private static bool Any(string[] parts, string message) => parts.Any(part => DockerErrors.Has(message, part));
}
