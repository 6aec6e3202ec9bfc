using System.Text.Json;
using Nexus.Core.Databases.Queries;

namespace Nexus.Mcp.Tools;

/// <summary>What a statement gave: each column as its name and type, each row as an array.</summary>
internal sealed record DatabaseRows(
    IReadOnlyList<string> Columns, JsonElement Rows, int RowCount, bool Truncated, double DurationMs, long? RowsAffected = null,
    IReadOnlyList<string>? Plan = null)
{
    public static async Task<DatabaseRows> FromAsync(Task<QueryResult> query)
    {
        var result = await query;
        return new(
            [.. result.Columns.Select(column => $"{column.Name} {column.Type}")], result.Rows, result.RowCount, result.Truncated,
            result.DurationMs, result.RowsAffected, result.Plan is { } plan ? PlanLines.Of(plan) : null);
    }
}
