namespace Nexus.Testing;

/// <summary>How a server for a test differs from one that is started with nothing but a port and a data folder.</summary>
public sealed record NexusServerOptions
{
    /// <summary>The engine that it deploys to; without one it has none, not even the machine's own.</summary>
    public DockerEngine? Docker { get; init; }

    /// <summary>Environment variables, such as <c>Nexus__Owner__Email</c>.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Arguments after <c>--port</c> and <c>--data</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Another build of the server; by default the one that is shipped.</summary>
    public string? Program { get; init; }

    /// <summary>The data folder; by default a temporary one.</summary>
    public string? Data { get; init; }

    /// <summary>The port; by default a free one.</summary>
    public int? Port { get; init; }
}
