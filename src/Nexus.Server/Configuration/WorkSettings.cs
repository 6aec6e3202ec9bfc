using Nexus.Core.Builds;
using Nexus.Core.Rollouts;
using Nexus.Core.Sources;
using Nexus.Core.Uploads;

namespace Nexus.Server.Configuration;

/// <summary>Reads the limits of the work: rollouts, sources, uploads and builds.</summary>
internal static class WorkSettings
{
    public static RolloutOptions ReadRollouts(SettingValues values) =>
        values.Number("Nexus:Rollouts:HealthTimeoutSeconds", 1, 3600) is { } seconds
            ? new() { HealthTimeout = TimeSpan.FromSeconds(seconds) }
            : new();

    public static SourceLimits ReadSources(SettingValues values)
    {
        var defaults = new SourceLimits();
        return defaults with
        {
            LargestBytes = values.Mebibytes("Nexus:Sources:LargestMiB", 1) ?? defaults.LargestBytes,
            MostFiles = values.Number("Nexus:Sources:MostFiles", 1, 1_000_000) ?? defaults.MostFiles,
            LargestUploadBytes = values.Mebibytes("Nexus:Uploads:LargestMiB", 1) ?? defaults.LargestUploadBytes,
            FetchTime = values.Seconds("Nexus:Sources:FetchTimeSeconds") ?? defaults.FetchTime,
        };
    }

    public static UploadOptions ReadUploads(SettingValues values)
    {
        var defaults = new UploadOptions();
        return defaults with
        {
            MostWaiting = values.Number("Nexus:Uploads:MostWaiting", 1, 10_000) ?? defaults.MostWaiting,
            MostBytes = values.Mebibytes("Nexus:Uploads:MostMiB", 1) ?? defaults.MostBytes,
        };
    }

    public static BuildOptions ReadBuilds(SettingValues values)
    {
        var defaults = new BuildOptions();
        return defaults with
        {
            Time = values.Seconds("Nexus:Builds:TimeSeconds") ?? defaults.Time,
            AtOnce = values.Number("Nexus:Builds:AtOnce", 1, 100) ?? defaults.AtOnce,
            MemoryBytes = values.Mebibytes("Nexus:Builds:MemoryMiB", 16),
        };
    }
}
