using System.Data;
using System.Text.Json;
using Nexus.Core.Databases.Connections;
using Npgsql;

namespace Nexus.Core.Databases.Queries;

/// <summary>
/// Runs one statement in a session and reads what it gives, up to the caps. A read that has more is cancelled on the server; a write
/// goes on to its end, with further rows left unread into the answer.
/// </summary>
public sealed class StatementRunner(ExternalDatabaseOptions options, TimeProvider time)
{
    // More than the server's own limits, for one that doesn't keep them.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private const string Savepoint = "nexus_rows";

    internal async Task<QueryResult> RunAsync(SourceSession session, Statement statement, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.StatementTimeout + options.LockTimeout + Grace, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var started = time.GetTimestamp();
        try
        {
            // A cancelled statement leaves a broken transaction, in which the catalog couldn't be asked about its types.
            if (!statement.Writes) await session.Transaction.SaveAsync(Savepoint, both.Token);
            var rows = await ReadAsync(session, statement, both.Token);
            var types = await TypesAsync(session, rows, both.Token);
            return RowsAsJson.Write(rows, types, time.GetElapsedTime(started), statement.Writes);
        }
        catch (Exception exception) when (ServerErrors.IsOne(exception))
        {
            throw ServerErrors.Of(exception, session.Target, statement.Sql);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ServerErrors.Late();
        }
    }

    private static async Task<RowsRead> ReadAsync(SourceSession session, Statement statement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement.Sql, session.Npgsql, session.Transaction) { AllResultTypesAreUnknown = true };
        QueryParameters.Bind(command, statement.Parameters);
        var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        var rows = new RowsRead([.. Enumerable.Range(0, reader.FieldCount).Select(i => new RawColumn(reader.GetName(i), reader.GetDataTypeOID(i)))]);
        var isCut = false;
        try
        {
            isCut = !await rows.TryReadAsync(reader, statement.MaxRows, cancellationToken);
            if (isCut && !statement.Writes) command.Cancel();
        }
        finally
        {
            await EndAsync(reader, isCut && !statement.Writes);
        }

        rows.Affected = reader.RecordsAffected;
        if (isCut && !statement.Writes) await session.Transaction.RollbackAsync(Savepoint, cancellationToken);
        return rows;
    }

    /// <summary>Reads past what is left; of a read that was cancelled that ends in the server's word that it was.</summary>
    private static async Task EndAsync(NpgsqlDataReader reader, bool isCancelled)
    {
        try
        {
            await reader.DisposeAsync();
        }
        catch (PostgresException exception) when (isCancelled && exception.SqlState == PostgresErrorCodes.QueryCanceled)
        {
        }
    }

    private static async Task<IReadOnlyDictionary<uint, ColumnType>> TypesAsync(
        SourceSession session, RowsRead rows, CancellationToken cancellationToken)
    {
        var unknown = rows.Columns.Select(column => column.TypeOid).Where(oid => ColumnType.Find(oid) is null).ToHashSet();
        return unknown.Count == 0
            ? new Dictionary<uint, ColumnType>()
            : await TypeLookup.AskAsync(session, unknown, cancellationToken);
    }
}

/// <summary>What to run.</summary>
/// <param name="Writes">Whether it may change something, and so must run to its end.</param>
internal sealed record Statement(string Sql, IReadOnlyList<JsonElement> Parameters, int MaxRows, bool Writes);

/// <summary>A column as the server describes it.</summary>
internal sealed record RawColumn(string Name, uint TypeOid);
