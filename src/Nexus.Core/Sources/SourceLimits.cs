namespace Nexus.Core.Sources;

/// <summary>Settings under <c>Nexus:Sources</c>: what a source may be at most.</summary>
public sealed record SourceLimits
{
    /// <summary>Of all files together, unpacked.</summary>
    public long LargestBytes { get; init; } = 512L * 1024 * 1024;

    public int MostFiles { get; init; } = 50_000;

    /// <summary>How much larger than the upload its content may be.</summary>
    public int LargestRatio { get; init; } = 100;

    /// <summary>How long fetching may take.</summary>
    public TimeSpan FetchTime { get; init; } = TimeSpan.FromMinutes(5);
}
