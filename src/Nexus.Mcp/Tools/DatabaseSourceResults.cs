using Nexus.Core.Databases.Sources;

namespace Nexus.Mcp.Tools;

/// <summary>A page of sources.</summary>
internal sealed record DatabaseSourceList(IReadOnlyList<DatabaseSourceItem> Sources, string? NextCursor = null);

/// <summary>A source; its address reads as in <c>user@host:port/database</c>.</summary>
internal sealed record DatabaseSourceItem(Guid Id, string Name, string Address, DatabaseEngine Engine, DatabaseSslMode SslMode, DateTimeOffset CreatedAt)
{
    public static DatabaseSourceItem From(SourceSummary source) => new(
        source.Id, source.Name, $"{source.Username}@{source.Host}:{source.Port}/{source.DbName}", source.Engine, source.SslMode, source.CreatedAt);
}

/// <summary>A source that was registered, and how the connection to it went; of a dry run only the latter is so.</summary>
internal sealed record DatabaseSourceConnected(
    Guid SourceId, bool Tls, string ServerVersion, double LatencyMs, IReadOnlyList<string> Warnings, bool DryRun, IReadOnlyList<string> Plan)
{
    public static async Task<DatabaseSourceConnected> FromAsync(Task<SourceResult> command)
    {
        var (source, dryRun, plan, test) = await command;
        return new(source.Id, test!.Tls, test.ServerVersion, test.LatencyMs, test.Warnings, dryRun, PlanLines.Of(plan));
    }
}

/// <summary>A source that is gone, or would be.</summary>
internal sealed record DatabaseSourceDeleted(bool DryRun, IReadOnlyList<string> Plan)
{
    public static async Task<DatabaseSourceDeleted> FromAsync(Task<SourceResult> command)
    {
        var (_, dryRun, plan, _) = await command;
        return new(dryRun, PlanLines.Of(plan));
    }
}
