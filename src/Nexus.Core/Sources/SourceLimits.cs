namespace Nexus.Core.Sources;

/// <summary>Settings under <c>Nexus:Sources</c>: what a source may be at most.</summary>
public sealed record SourceLimits
{
    /// <summary>Of all files together, unpacked; and of what comes over the line.</summary>
    public long LargestBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Files and folders together.</summary>
    public int MostFiles { get; init; } = 50_000;

    /// <summary>Of an uploaded archive, packed.</summary>
    public long LargestUploadBytes { get; init; } = 100L * 1024 * 1024;

    /// <summary>How many times its own size an uploaded archive may unpack to.</summary>
    public int LargestRatio { get; init; } = 100;

    /// <summary>How long fetching a repository may take, from the first look to the last file.</summary>
    public TimeSpan FetchTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a host may send next to nothing.</summary>
    public TimeSpan StallTime { get; init; } = TimeSpan.FromSeconds(30);
}
