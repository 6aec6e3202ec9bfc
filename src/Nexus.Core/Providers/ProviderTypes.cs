using Nexus.Core.AttachedDatabases;

namespace Nexus.Core.Providers;

/// <summary>What a provider can do.</summary>
public sealed record ProviderCapabilities(bool SourceBuilds, bool Scaling, bool CustomDomains, bool AttachedDatabases);

/// <summary>Whether a provider can be used; <see cref="Reason"/> says why not and how to mend it, <see cref="Version"/> what runs there.</summary>
public sealed record ProviderAvailability(bool Available, string? Reason, string? Version, string? Builder = null)
{
    /// <summary><paramref name="builder"/> says what images are built with.</summary>
    public static ProviderAvailability Yes(string version, string? builder = null) => new(true, null, version, builder);

    public static ProviderAvailability No(string reason) => new(false, reason, null);
}

/// <summary>When the registry is asked: only for images that aren't there, or each time.</summary>
public enum PullPolicy
{
    Missing,
    Always,
}

/// <summary>An image that is present. <see cref="Reference"/> names its exact content: <c>repository@sha256:…</c> or an image id.</summary>
/// <param name="Reference">What to run.</param>
/// <param name="ExposedPorts">The TCP ports that the image declares.</param>
/// <param name="Note">Something that the caller should know, e.g. that the registry could not be reached and the local image is used.</param>
/// <param name="Fetched">Whether it was not there before, and so may be taken away again when nothing needs it.</param>
public sealed record ResolvedImage(string Reference, IReadOnlyList<int> ExposedPorts, string? Note, bool Fetched = false);

/// <summary>A deployment of which a provider has replicas, and whether any of them runs.</summary>
public sealed record PresentDeployment(Guid DeploymentId, bool Running);

/// <summary>What is to be built, and within which limits. It holds no variable and no secret.</summary>
public sealed record BuildOrder
{
    public required Guid OrganizationId { get; init; }
    public required Guid DeploymentId { get; init; }
    public required int Revision { get; init; }

    /// <summary>The commit of the source; null where it has none.</summary>
    public string? Commit { get; init; }

    /// <summary>Where the application will listen, where that is known.</summary>
    public int? Port { get; init; }

    /// <summary>The folder that the Dockerfile copies from.</summary>
    public required string Context { get; init; }

    /// <summary>The path of the Dockerfile, outside of <see cref="Context"/>.</summary>
    public required string Dockerfile { get; init; }

    public required TimeSpan Time { get; init; }

    /// <summary>Of each step, where the builder can hold it to that.</summary>
    public long? MemoryBytes { get; init; }
}

/// <summary>An image that was built, as its labels and tag say.</summary>
/// <param name="Reference">The image's id.</param>
/// <param name="Revision">The revision that it was built for.</param>
/// <param name="Commit">The commit that it was built from.</param>
/// <param name="Port">Where the application listens, where the build knew it.</param>
/// <param name="ExposedPorts">The TCP ports that it declares.</param>
public sealed record BuiltImage(string Reference, int Revision, string? Commit, int? Port, IReadOnlyList<int> ExposedPorts);

/// <summary>What a replica uses: CPU in cores, memory in bytes without what the kernel may take back.</summary>
public sealed record ReplicaUsage(double Cpus, long MemoryBytes, long MemoryLimitBytes);

/// <summary>What a replica shall be. Its name follows from deployment, revision and ordinal, so that it can't be made twice.</summary>
public sealed record ReplicaSpec
{
    public required Guid OrganizationId { get; init; }
    public required Guid ProjectId { get; init; }
    public required Guid DeploymentId { get; init; }
    public required string DeploymentName { get; init; }
    public required int Revision { get; init; }

    /// <summary>From 0 up to the wanted number, exclusive.</summary>
    public required int Ordinal { get; init; }

    /// <summary>A <see cref="ResolvedImage.Reference"/>.</summary>
    public required string Image { get; init; }

    public required int Port { get; init; }
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Empty for the image's own command.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public required ReplicaLimits Limits { get; init; }

    /// <summary>The databases beside the deployment, which its replicas know by their names.</summary>
    public IReadOnlyList<AttachedDatabaseKind> Databases { get; init; } = [];
}

/// <summary>Memory in bytes, CPU in cores, and the most processes.</summary>
public sealed record ReplicaLimits(long MemoryBytes, double Cpus, long Pids)
{
    public static ReplicaLimits Default { get; } = new(512L * 1024 * 1024, 1, 512);

    public long MemoryMiB => MemoryBytes / (1024 * 1024);
}

/// <summary>A replica as the provider reports it.</summary>
public sealed record Replica
{
    public required string Id { get; init; }
    public required int Revision { get; init; }
    public required int Ordinal { get; init; }

    /// <summary>What callers know it by, e.g. <c>r2-0</c>.</summary>
    public string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"r{Revision}-{Ordinal}");

    public required ReplicaState State { get; init; }

    /// <summary>Where it can be reached from here, <c>host:port</c>; null while it doesn't run.</summary>
    public string? Address { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>The provider's own word on why it ended, e.g. that memory ran out.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it was ended because it used more memory than it may.</summary>
    public bool OutOfMemory { get; init; }

    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Where a replica is in its life.</summary>
public enum ReplicaState
{
    Created,
    Running,
    Exited,
}

/// <summary>A line of a replica's output.</summary>
public sealed record LogLine(DateTimeOffset At, string Stream, string Text);

/// <summary>The newest <paramref name="Lines"/> lines, from a time on where one is given.</summary>
public sealed record LogRange(int Lines, DateTimeOffset? Since = null);

/// <summary>A failure of a provider that has a stable code, e.g. <c>IMAGE_NOT_FOUND</c>, <c>PROVIDER_UNAVAILABLE</c>.</summary>
/// <remarks><see cref="Transient"/> failures are worth another try; the others end the rollout.</remarks>
public sealed class ProviderException(string code, string message, string? hint, bool transient, Exception? inner = null)
    : Exception(message, inner)
{
    public string Code { get; } = code;
    public string? Hint { get; } = hint;
    public bool Transient { get; } = transient;

    /// <summary>The same, for somebody who asked and waits for the answer.</summary>
    public NexusException ToRefusal() => new(Code, Message, Hint);
}
