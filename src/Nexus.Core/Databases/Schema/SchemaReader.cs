using System.Globalization;
using Nexus.Core.Databases.Connections;
using Nexus.Core.Databases.Queries;
using Npgsql;

namespace Nexus.Core.Databases.Schema;

/// <summary>Reads a schema in one round trip, however many tables it has.</summary>
internal static class SchemaReader
{
    private const int MostTables = 20_000;

    public static async Task<SchemaGraph> ReadAsync(SourceSession session, CancellationToken cancellationToken)
    {
        try
        {
            await using var batch = new NpgsqlBatch(session.Npgsql, session.Transaction)
            {
                BatchCommands = { new(SchemaSql.Tables), new(SchemaSql.Columns), new(SchemaSql.Keys), new(SchemaSql.Indexes) },
            };
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            return await ReadAsync(reader, cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            throw ServerErrors.Of(failure, session.Target);
        }
    }

    private static async Task<SchemaGraph> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var tables = await RowsAsync(reader, row => (Id: row.GetInt64(0), Table: Table(row)), cancellationToken);
        var columns = await NextAsync(reader, Column, cancellationToken);
        var keys = await NextAsync(reader, Key, cancellationToken);
        var indexes = await NextAsync(reader, row => row.GetString(1), cancellationToken);
        return new(
        [
            .. tables.Select(one => one.Table with
            {
                Columns = [.. columns[one.Id]],
                Keys = [.. keys[one.Id].OfType<SchemaKey>()],
                ForeignKeys = [.. keys[one.Id].OfType<SchemaForeignKey>()],
                Indexes = [.. indexes[one.Id]],
            }),
        ]);
    }

    private static async Task<ILookup<long, T>> NextAsync<T>(
        NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        var rows = await RowsAsync(reader, row => (Id: row.GetInt64(0), Part: read(row)), cancellationToken);
        return rows.ToLookup(row => row.Id, row => row.Part);
    }

    private static async Task<List<T>> RowsAsync<T>(
        NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
            if (rows.Count > MostTables * 50) throw TooLarge();
        }

        return rows;
    }

    private static SchemaTable Table(NpgsqlDataReader row) => new(
        row.GetString(1), row.GetString(2), KindOf(row.GetString(3)), Rows(row.GetDouble(4)), Text(row, 5))
    {
        Columns = [],
        Keys = [],
        ForeignKeys = [],
        Indexes = [],
    };

    private static SchemaColumn Column(NpgsqlDataReader row) =>
        new(row.GetString(1), row.GetString(2), row.GetBoolean(3), Text(row, 4), row.GetBoolean(5), Text(row, 6));

    private static object Key(NpgsqlDataReader row)
    {
        var (name, columns) = (row.GetString(1), row.GetFieldValue<string[]>(3));
        return row.GetString(2) == "f"
            ? new SchemaForeignKey(name, columns, row.GetString(4), row.GetFieldValue<string[]>(5))
            : new SchemaKey(name, row.GetString(2) == "p", columns);
    }

    // The server says -1 before a table was analysed for the first time.
    private static long? Rows(double estimate) => estimate < 0 ? null : (long)estimate;

    private static SchemaTableKind KindOf(string kind) => kind switch
    {
        "v" => SchemaTableKind.View,
        "m" => SchemaTableKind.MaterializedView,
        "f" => SchemaTableKind.ForeignTable,
        _ => SchemaTableKind.Table,
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static NexusException TooLarge() => new(
        "SCHEMA_TOO_LARGE", string.Create(CultureInfo.InvariantCulture, $"The database has more than {MostTables} tables or as much of columns and keys."),
        "Query its catalog for the part that you need.", "sourceId");
}
