using System.Text.Json;
using Nexus.Core.Commands;

namespace Nexus.Core.Databases.Queries;

/// <summary>A column of a result, with PostgreSQL's name of its type.</summary>
public sealed record QueryColumn(string Name, string Type);

/// <summary>What a statement gave.</summary>
/// <param name="Rows">An array of arrays, each value typed as JSON knows it.</param>
/// <param name="RowsAffected">How many rows it wrote; null for a read.</param>
/// <param name="Truncated">Whether there were more rows than these.</param>
public sealed record QueryResult(
    IReadOnlyList<QueryColumn> Columns, JsonElement Rows, int RowCount, bool Truncated, double DurationMs, long? RowsAffected = null,
    bool DryRun = false, IReadOnlyList<Change>? Plan = null);
