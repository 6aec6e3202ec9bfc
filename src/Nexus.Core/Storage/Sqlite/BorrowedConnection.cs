using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Nexus.Core.Storage.Sqlite;

/// <summary>What EF Core opens and closes around each query or transaction: in between it has one of the connections that stay open.</summary>
internal sealed class BorrowedConnection(SqliteConnections connections) : DbConnection
{
    private PreparedConnection? _open;
    private BorrowedTransaction? _transaction;

    [AllowNull]
    public override string ConnectionString
    {
        get => connections.ConnectionString;
        set => throw new NotSupportedException();
    }

    public override string Database => "main";

    public override string DataSource => connections.File;

    public override string ServerVersion => Opened.Connection.ServerVersion;

    public override ConnectionState State => _open is null ? ConnectionState.Closed : ConnectionState.Open;

    /// <exception cref="InvalidOperationException">It isn't open.</exception>
    public PreparedConnection Opened => _open ?? throw new InvalidOperationException("The connection is closed.");

    public override void Open() => _open ??= connections.Borrow();

    /// <summary>Rolls back what wasn't committed.</summary>
    public override void Close()
    {
        if (_open is not { } open) return;
        try
        {
            _transaction?.Dispose();
        }
        finally
        {
            (_open, _transaction) = (null, null);
            connections.Return(open);
        }
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        _transaction = new(this, Opened.Connection.BeginTransaction(isolationLevel));

    protected override DbCommand CreateDbCommand() => new BorrowingCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing) Close();
        base.Dispose(disposing);
    }
}
