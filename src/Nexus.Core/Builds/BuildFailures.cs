using Nexus.Core.Providers;
using Nexus.Core.Sources.Dockerfiles.Policy;

namespace Nexus.Core.Builds;

/// <summary>Tells of what went wrong in a build whether it ends the rollout, and shows what the log has of it.</summary>
internal static class BuildFailures
{
    private const int NoSpace = 28; // ENOSPC

    /// <summary>A host that doesn't answer now may in a minute.</summary>
    private static readonly HashSet<string> Passing = ["REPOSITORY_UNREACHABLE", "REPOSITORY_UNAVAILABLE", "REPOSITORY_TIMEOUT"];

    /// <summary>Null for what is no failure of the build, such as its being overtaken.</summary>
    public static BuildException? From(Exception failure, BuildLogWriter log) => failure switch
    {
        NexusException refused => Told(log, refused.Code, refused.Message, refused.Hint, Passing.Contains(refused.Code), Lines(refused), failure),
        // A full disk does not empty itself while the same build is tried again.
        ProviderException built => Told(
            log, built.Code, built.Message, built.Hint, built.Transient && built.Code != "PROVIDER_DISK_FULL", [], failure),
        IOException { HResult: NoSpace } => Told(
            log, "SERVER_DISK_FULL", "The disk that the server keeps sources on is full.", "Ask the operator to free space in its data folder.",
            transient: false, [], failure),
        _ => null,
    };

    private static BuildException Told(
        BuildLogWriter log, string code, string message, string? hint, bool transient, IReadOnlyList<string> details, Exception failure)
    {
        log.Say($"{code}: {message}");
        foreach (var detail in details) log.Say(detail);
        if (details.Count == 0 && hint is not null) log.Say(hint);
        return new(code, message, hint, transient, log.Tail, failure);
    }

    private static IReadOnlyList<string> Lines(NexusException refused) =>
        [.. refused.Details.OfType<Violation>().Select(one => $"Line {one.Line}: {one.Message}. {one.Fix}")];
}
