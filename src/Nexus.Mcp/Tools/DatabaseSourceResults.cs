using Nexus.Core.Commands;
using Nexus.Core.Databases.Sources;

namespace Nexus.Mcp.Tools;

/// <summary>A page of sources.</summary>
internal sealed record DatabaseSourceList(IReadOnlyList<SourceSummary> Sources, string? NextCursor = null);

/// <summary>A source that was registered, and how the connection to it went; of a dry run only the latter is so.</summary>
internal sealed record DatabaseSourceConnected(
    Guid SourceId, bool Tls, string ServerVersion, double LatencyMs, IReadOnlyList<string> Warnings, bool DryRun, IReadOnlyList<Change> Plan)
{
    public static async Task<DatabaseSourceConnected> FromAsync(Task<SourceResult> command)
    {
        var (source, dryRun, plan, test) = await command;
        return new(source.Id, test!.Tls, test.ServerVersion, test.LatencyMs, test.Warnings, dryRun, plan);
    }
}

/// <summary>A source that is gone, or would be.</summary>
internal sealed record DatabaseSourceDeleted(bool DryRun, IReadOnlyList<Change> Plan)
{
    public static async Task<DatabaseSourceDeleted> FromAsync(Task<SourceResult> command)
    {
        var (_, dryRun, plan, _) = await command;
        return new(dryRun, plan);
    }
}
