namespace Nexus.Core.Builds;

/// <summary>Settings under <c>Nexus:Builds</c>.</summary>
public sealed record BuildOptions
{
    /// <summary>A build that takes longer is given up.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How many builds this server runs at a time; others wait.</summary>
    public int AtOnce { get; init; } = 2;

    /// <summary>The memory of each step of a build, where the builder can hold it to that; null for the engine's own.</summary>
    public long? MemoryBytes { get; init; }
}
