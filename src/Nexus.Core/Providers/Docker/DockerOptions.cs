namespace Nexus.Core.Providers.Docker;

/// <summary>Which Docker Engine, and how replicas on it are reached. Bound from <c>Nexus:Docker</c>.</summary>
public sealed record DockerOptions
{
    public const string DefaultHost = "unix:///var/run/docker.sock";

    /// <summary><c>unix:///path</c> or <c>tcp://host:port</c>; by default <c>DOCKER_HOST</c>, else the usual socket.</summary>
    public string Host { get; init; } =
        Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host ? host : DefaultHost;

    public DockerReach Reach { get; init; } = DockerReach.Auto;

    /// <summary>
    /// The engine's address that ports are published on and reached at where <see cref="Reach"/> is or becomes published.
    /// For an engine on another machine: its address in a network that only this server's machines can use.
    /// </summary>
    public string PublishAddress { get; init; } = "127.0.0.1";

    public DockerBuilderKind Builder { get; init; } = DockerBuilderKind.Auto;

    /// <summary>A pull that takes longer is given up.</summary>
    public TimeSpan PullTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A pull of which nothing is heard for so long is given up.</summary>
    public TimeSpan PullStallTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether the server keeps containers, and the steps of builds, from this machine's services and cloud metadata; it must be root for that.</summary>
    public bool GuardHost { get; init; }

    /// <summary>TCP ports of this machine that containers may use all the same, such as those of its public addresses.</summary>
    public IReadOnlyList<int> HostPorts { get; init; } = [];

    /// <summary>BuildKit's steps are always on the engine's own bridge, which no rule of the guard is for.</summary>
    internal bool BuildsClassic => Builder == DockerBuilderKind.Classic || GuardHost;

    internal const string DefaultBridgePrefix = "nxs-";

    /// <summary>What the names of the projects' bridges begin with.</summary>
    internal string BridgePrefix { get; init; } = DefaultBridgePrefix;
}

/// <summary>How the server reaches a replica.</summary>
public enum DockerReach
{
    /// <summary>Bridge where the engine's bridges are this machine's own; published elsewhere (remote, rootless, Docker Desktop).</summary>
    Auto,

    /// <summary>At the container's own address: no proxy between, so a port that accepts is one that listens.</summary>
    Bridge,

    /// <summary>At a port of <see cref="DockerOptions.PublishAddress"/> that the engine picks.</summary>
    Published,
}

/// <summary>What images are built with.</summary>
public enum DockerBuilderKind
{
    /// <summary>BuildKit where a docker client that has it is on this machine, else the engine's classic builder.</summary>
    Auto,

    /// <summary>The engine's classic builder, which can hold each step to a limit of memory.</summary>
    Classic,
}
