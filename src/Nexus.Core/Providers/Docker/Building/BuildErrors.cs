using System.Text.RegularExpressions;

namespace Nexus.Core.Providers.Docker.Building;

/// <summary>Reads out of a builder's last lines why it failed. What a step of the Dockerfile printed is never taken for the builder's word.</summary>
internal static partial class BuildErrors
{
    private const string ReadLog = "Read the build log with nexusai_deploy_logs and type build, mend the source or the Dockerfile, then redeploy.";

    private static readonly string[] EngineGone =
        ["Cannot connect to the Docker daemon", "error during connect", "transport is closing", "code = Unavailable", "connection reset by peer"];

    private static readonly string[] RegistryAway =
        ["no such host", "server misbehaving", "i/o timeout", "TLS handshake timeout", "connection refused", "network is unreachable", "Client.Timeout", "deadline exceeded"];

    private static readonly string[] NoSuchImage = ["pull access denied", "manifest unknown", "not found", "does not exist", "no matching manifest"];

    public static ProviderException From(IReadOnlyList<string> lines, Exception? inner = null)
    {
        var last = lines.LastOrDefault(line => line.Trim('-', ' ').Length > 0)?.Trim() ?? "it said nothing";
        // A step whose disk is full says so itself, before the builder says that the step failed.
        if (lines.Any(DockerErrors.IsDiskFull)) return DockerErrors.DiskFull(inner);
        if (FailedStep().Match(string.Join('\n', lines.TakeLast(3))) is { Success: true } step) return StepFailed(step.Groups["code"].Value, inner);
        if (Any(EngineGone, last))
            return new(DockerErrors.Unavailable, "The Docker Engine went away during the build.", "This is tried again by itself.", transient: true, inner);
        if (Any(RegistryAway, last)) return BaseImage(last, transient: true, inner);
        return Any(NoSuchImage, last) && last.Contains(':', StringComparison.Ordinal) && !DockerErrors.Has(last, "COPY") && !DockerErrors.Has(last, "checksum") && !DockerErrors.Has(last, "cache key")
            ? BaseImage(last, transient: false, inner)
            : Failed($"The build failed: {Short(last)}", ReadLog, inner);
    }

    public static ProviderException TooLong(TimeSpan time) => new(
        "BUILD_TIMEOUT", $"The build took longer than {time.TotalMinutes:0.#} minutes.",
        "Make it faster, e.g. with a lock file and fewer steps, or ask the operator to raise Nexus__Builds__TimeSeconds.", transient: false);

    public static ProviderException Vanished() => new(
        "BUILD_VANISHED", "The image was built and then removed by somebody.", "This is tried again by itself.", transient: true);

    private static ProviderException StepFailed(string code, Exception? inner) => Failed(
        $"A step of the Dockerfile ended with exit code {code}.",
        code == "137" ? "It was killed, most likely for its memory: make the build use less. " + ReadLog : ReadLog,
        inner);

    private static ProviderException BaseImage(string last, bool transient, Exception? inner) => new(
        "BASE_IMAGE_UNAVAILABLE", $"An image that the Dockerfile starts from can't be had: {Short(last)}",
        transient ? "This is tried again for a while. If it stays, check that the engine has a way to the registry." : "Check the name and tag of the base image.",
        transient, inner);

    private static ProviderException Failed(string message, string hint, Exception? inner) => new("BUILD_FAILED", message, hint, transient: false, inner);

    private static string Short(string line) => line.Length <= 300 ? line : line[..300] + "…";

    private static bool Any(string[] parts, string message) => parts.Any(part => DockerErrors.Has(message, part));

    /// <summary>In the words of BuildKit, old and new, and of the classic builder.</summary>
    [GeneratedRegex(
        @"(?:executor failed running .*: exit code: |did not complete successfully: exit code: |returned a non-zero code: )(?<code>\d+)",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FailedStep();
}
