using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Nexus.Core.Storage.Sqlite;

/// <summary>What EF Core opens and closes around each query or transaction: in between it has one of the connections that stay open.</summary>
internal sealed class BorrowedConnection(SqliteConnections connections) : DbConnection
{
    private PreparedConnection? _open;
    private BorrowedTransaction? _transaction;
    private bool _hasTurn;

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
            EndTurn();
        }
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    /// <summary>Waits for the turn to write, unless the connection has it.</summary>
    public void TakeTurn()
    {
        if (_hasTurn) return;
        connections.Writers.Wait();
        _hasTurn = true;
    }

    /// <inheritdoc cref="TakeTurn"/>
    public async ValueTask TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (_hasTurn) return;
        await connections.Writers.WaitAsync(cancellationToken);
        _hasTurn = true;
    }

    /// <summary>Lets the next one write, if the connection has the turn.</summary>
    public void EndTurn()
    {
        if (!_hasTurn) return;
        _hasTurn = false;
        connections.Writers.Leave();
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        if (_transaction is { IsOver: false }) throw new InvalidOperationException("The connection has a transaction already.");
        if (Locks(isolationLevel)) TakeTurn();
        try
        {
            return _transaction = new(this, Opened.Connection.BeginTransaction(isolationLevel));
        }
        catch
        {
            EndTurn();
            throw;
        }
    }

    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken)
    {
        if (Locks(isolationLevel)) await TakeTurnAsync(cancellationToken);
        return BeginDbTransaction(isolationLevel);
    }

    protected override DbCommand CreateDbCommand() => new BorrowingCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing) Close();
        else Forget();
        base.Dispose(disposing);
    }

    /// <summary>
    /// When memory is cleaned up that nobody closed. The driver itself never forgets a transaction, which would lock the database for ever.
    /// </summary>
    private void Forget()
    {
        try
        {
            if (_transaction is { IsOver: false }) _open?.Connection.Dispose();
        }
        catch (SqliteException)
        {
            // It could not be rolled back; an exception here would end the process.
        }

        EndTurn();
    }

    // The driver's transactions lock for writing from their start, also those that will only read; this level's lock nothing.
    private static bool Locks(IsolationLevel isolationLevel) => isolationLevel != IsolationLevel.ReadUncommitted;
}
