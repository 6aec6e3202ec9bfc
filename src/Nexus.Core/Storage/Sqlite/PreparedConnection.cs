using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nexus.Core.Storage.Sqlite;

/// <summary>
/// An open connection, set up for many writers: WAL, so that readers never wait; a busy timeout, so that writers wait their turn instead of
/// failing; <c>synchronous=NORMAL</c>, which in WAL loses nothing when the process dies; <c>temp_store=MEMORY</c>, so that what a statement
/// would need to be undone isn't written to a file first. It keeps the statements that it has prepared.
/// </summary>
internal sealed class PreparedConnection : IDisposable
{
    private const string Pragmas = "PRAGMA busy_timeout=30000; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;";

    private bool _changed;

    public PreparedConnection(string connectionString)
    {
        Connection = new(connectionString);
        Commands = new(Connection);
        try
        {
            Connection.Open();
            using var command = Connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public SqliteConnection Connection { get; }

    public PreparedCommands Commands { get; }

    /// <summary>Whether whoever borrows it next will find nothing of what was done on it: no transaction, no open reader, no setting.</summary>
    public bool IsAsNew => !_changed && Commands.OpenReaders == 0 && raw.sqlite3_get_autocommit(Connection.Handle) != 0;

    public PreparedCommand CommandFor(SqliteCommand asked)
    {
        var isHarmless = Statements.IsHarmless(asked.CommandText);
        _changed |= !isHarmless;
        return Commands.Take(asked.CommandText, keep: isHarmless && !Statements.IsLarge(asked.Parameters));
    }

    public void Dispose()
    {
        Commands.Dispose();
        Connection.Dispose();
    }
}
