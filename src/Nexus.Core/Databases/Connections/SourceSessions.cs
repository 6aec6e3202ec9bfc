using System.Globalization;
using Nexus.Core.Databases.Sources;
using Npgsql;

namespace Nexus.Core.Databases.Connections;

/// <summary>
/// Begins sessions on sources. What decides how a statement is read and how far it goes is set for the transaction alone, so that
/// nothing is inherited from the role or left behind in a pooler's connection.
/// </summary>
public sealed class SourceSessions(
    SourceConnector connector, SourcePasswords passwords, SourceSlots slots, ExternalDatabaseOptions options)
{
    /// <exception cref="NexusException">No slot is free, or the connection failed.</exception>
    internal async Task<SourceSession> BeginAsync(DatabaseSource source, bool readOnly, CancellationToken cancellationToken)
    {
        var target = SourceTarget.Of(source, passwords.Open(source));
        return await BeginAsync(target, source.Id, readOnly, cancellationToken);
    }

    /// <param name="slot">Whose share of connections it takes: a source's, or an organisation's for one that isn't registered yet.</param>
    internal async Task<SourceSession> BeginAsync(
        SourceTarget target, Guid slot, bool readOnly, CancellationToken cancellationToken)
    {
        var taken = await slots.TakeAsync(slot, cancellationToken);
        SourceConnection? connection = null;
        try
        {
            connection = await connector.OpenAsync(target, cancellationToken);
            var transaction = await connection.Npgsql.BeginTransactionAsync(cancellationToken);
            await SetUpAsync(connection.Npgsql, transaction, readOnly, cancellationToken);
            return new(connection, transaction, taken);
        }
        catch (Exception exception)
        {
            if (connection is not null) await connection.DisposeAsync();
            taken.Dispose();
            if (exception is NpgsqlException failure) throw ConnectionErrors.Of(failure, target);
            throw;
        }
    }

    private async Task SetUpAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, bool readOnly, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new(readOnly ? "SET TRANSACTION READ ONLY" : "SET TRANSACTION READ WRITE"));
        foreach (var (name, value) in Settings())
        {
            // A function and not SET LOCAL, so that every value is a parameter.
            batch.BatchCommands.Add(new("SELECT pg_catalog.set_config($1, $2, true)")
            {
                Parameters = { new() { Value = name }, new() { Value = value } },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private IEnumerable<(string Name, string Value)> Settings() =>
    [
        ("role", "none"), // Who the source says, whatever role the last client of a pooled connection took.
        ("statement_timeout", Milliseconds(options.StatementTimeout)),
        ("lock_timeout", Milliseconds(options.LockTimeout)),
        ("idle_in_transaction_session_timeout", Milliseconds(options.StatementTimeout + IdleGrace)),
        ("search_path", SearchPath),
        ("standard_conforming_strings", "on"),
        ("backslash_quote", "safe_encoding"),
        ("transform_null_equals", "off"),
        ("array_nulls", "on"),
        ("row_security", "on"),
        ("DateStyle", "ISO, YMD"),
        ("IntervalStyle", "iso_8601"),
        ("TimeZone", "UTC"),
        ("bytea_output", "hex"),
        ("extra_float_digits", "1"),
    ];

    // Between two statements it is this server that is busy, and a short limit on statements must not end the session for that.
    private static readonly TimeSpan IdleGrace = TimeSpan.FromSeconds(5);

    // The catalog comes first unasked, and temporary tables must not come before.
    internal const string SearchPath = "public, pg_temp";

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
