using System.Data.Common;
using Microsoft.Extensions.Time.Testing;
using Nexus.Core.Storage;
using Nexus.Core.Storage.Sqlite;
using Nexus.Testing;
using SQLitePCL;

namespace Nexus.Core.Tests.Storage.Sqlite;

/// <summary>A file with one table, and the connections to it.</summary>
internal sealed class SqliteBench : IDisposable
{
    private const int Runs = 6; // SQLITE_STMTSTATUS_RUN

    private readonly TemporaryFolder _folder = new();

    public SqliteBench()
    {
        Options = new() { DataDirectory = _folder.Path };
        Connections = new(Options, Time);
        using var connection = Open();
        Run(connection, "CREATE TABLE Things (Name TEXT NOT NULL UNIQUE)");
    }

    public DatabaseOptions Options { get; }

    public FakeTimeProvider Time { get; } = new();

    public SqliteConnections Connections { get; }

    public BorrowedConnection Open()
    {
        var connection = new BorrowedConnection(Connections);
        connection.Open();
        connection.Opened.Connection.Handle!.enable_sqlite3_next_stmt(true); // For RunsOf.
        return connection;
    }

    /// <summary>How often each statement of the text that the connection holds has run since it was prepared.</summary>
    public static IReadOnlyList<int> RunsOf(string text, BorrowedConnection connection)
    {
        var (counts, handle) = (new List<int>(), connection.Opened.Connection.Handle);
        for (var statement = raw.sqlite3_next_stmt(handle, null); statement is { IsInvalid: false }; statement = raw.sqlite3_next_stmt(handle, statement))
        {
            if (raw.sqlite3_sql(statement).utf8_to_string() == text) counts.Add(RunsOf(statement));
        }

        return counts;
    }

    public static int RunsOf(sqlite3_stmt statement) => raw.sqlite3_stmt_status(statement, Runs, 0);

    public static void Run(BorrowedConnection connection, string text, DbTransaction? transaction = null, params IEnumerable<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, text, parameters);
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    public static object? Ask(BorrowedConnection connection, string text, params IEnumerable<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, text, parameters);
        return command.ExecuteScalar();
    }

    public static DbCommand Command(BorrowedConnection connection, string text, params IEnumerable<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public void Dispose()
    {
        Connections.Dispose();
        _folder.Dispose();
    }
}
