namespace Nexus.Core.Storage.Sqlite;

/// <summary>
/// Open connections to the database's file, lent for as long as a query or a transaction takes. The driver's own pool keeps handles only:
/// a query would have to be prepared anew each time, which takes longer than to run it.
/// </summary>
internal sealed class SqliteConnections(DatabaseOptions options, TimeProvider time) : IDisposable
{
    /// <summary>What a burst has opened, and nobody has needed for so long, is closed.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();

    /// <summary>The one that came back last is lent first, so that the others may rest.</summary>
    private readonly List<(PreparedConnection Connection, DateTimeOffset Since)> _resting = [];

    private bool _closed;

    public string ConnectionString { get; } = DatabaseSetup.SqliteConnectionString(options);

    public string File => options.SqliteFile;

    /// <summary>By the real clock, as SQLite's own patience is.</summary>
    public WritersQueue Writers { get; } = new(TimeProvider.System);

    public PreparedConnection Borrow()
    {
        lock (_gate)
        {
            if (_resting.Count > 0)
            {
                var (connection, _) = _resting[^1];
                _resting.RemoveAt(_resting.Count - 1);
                return connection;
            }
        }

        return new(ConnectionString);
    }

    public void Return(PreparedConnection connection)
    {
        var surplus = connection.IsAsNew ? Keep(connection) : connection;
        surplus?.Dispose();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var (connection, _) in _resting) connection.Dispose();
            _resting.Clear();
        }
    }

    /// <returns>What is to be closed instead.</returns>
    private PreparedConnection? Keep(PreparedConnection connection)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_closed) return connection;
            _resting.Add((connection, now));
            if (now - _resting[0].Since < LongestRest) return null;
            var (rested, _) = _resting[0];
            _resting.RemoveAt(0);
            return rested;
        }
    }
}
