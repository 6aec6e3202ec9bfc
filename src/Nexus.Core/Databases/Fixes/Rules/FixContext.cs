using Nexus.Core.Databases.Connections;
using Nexus.Core.Databases.Fixes.Logs;
using Nexus.Core.Databases.Fixes.Statements;
using Nexus.Core.Databases.Schema;
using Npgsql;

namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>What a rule has to go by: the error, the statement where the log has it, and the database as it is.</summary>
/// <param name="Session">Read-only, for what the schema doesn't say.</param>
internal sealed record FixContext(LoggedError Error, StatementFacts? Statement, SchemaGraph Graph, SourceSession Session)
{
    /// <summary>The table that the error names, as the database has it.</summary>
    public SchemaTable? Named => Error.Relation is { } relation ? Find(Error.Schema, relation) : null;

    public SchemaTable? Find(string? schema, string name) => Graph.Find(schema is null ? name : $"{schema}.{name}");

    /// <summary>The columns that the statement takes from a table.</summary>
    public IReadOnlyList<UsedColumn> ColumnsOf(string table) =>
        Statement?.ColumnsOf(table, name => Statement.Tables.Any(other => other.Name != table && Find(other.Schema, other.Name)?.Find(name) is not null)) ?? [];

    /// <summary>One row of text; a null in it, or no row, is a null.</summary>
    public async Task<string?[]> AskAsync(string sql, CancellationToken cancellationToken, params string[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, Session.Npgsql, Session.Transaction);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var row = new string?[reader.FieldCount];
        if (!await reader.ReadAsync(cancellationToken)) return row;
        for (var i = 0; i < row.Length; i++) row[i] = await reader.IsDBNullAsync(i, cancellationToken) ? null : reader.GetString(i);
        return row;
    }
}
