using Microsoft.Data.Sqlite;

namespace Nexus.Core.Storage;

/// <summary>
/// Tells who polls whether anything was written since, by this process or another one: SQLite counts its commits in memory that all of
/// them share, and to look there costs next to nothing. PostgreSQL has no such count, and whoever polls must read.
/// </summary>
public sealed class WriteCount(DatabaseOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private SqliteConnection? _connection;
    private SqliteCommand? _command;

    /// <summary>
    /// A number that is another one after each commit; null where it isn't known. Take it before reading: what is committed between the
    /// two is read again, and missed never.
    /// </summary>
    public long? Now()
    {
        if (options.IsPostgreSql) return null;
        lock (_gate)
        {
            try
            {
                return (long)(_command ??= Open()).ExecuteScalar()!;
            }
            catch (SqliteException)
            {
                Close();
                return null;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate) Close();
    }

    /// <summary>It says what others committed, so nothing may be written over this connection.</summary>
    private SqliteCommand Open()
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = options.SqliteFile, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
        _connection.Open();
        var command = _connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return command;
    }

    private void Close()
    {
        _command?.Dispose();
        _connection?.Dispose();
        (_command, _connection) = (null, null);
    }
}
