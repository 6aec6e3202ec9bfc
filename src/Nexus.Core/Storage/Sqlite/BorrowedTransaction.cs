using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Nexus.Core.Storage.Sqlite;

/// <summary>The driver's transaction, as one of the borrowed connection. With it ends the turn to write.</summary>
internal sealed class BorrowedTransaction(BorrowedConnection connection, SqliteTransaction transaction) : DbTransaction
{
    public SqliteTransaction Inner => transaction;

    public bool IsOver => transaction.Connection is null;

    public override IsolationLevel IsolationLevel => transaction.IsolationLevel;

    public override bool SupportsSavepoints => true;

    protected override DbConnection? DbConnection => IsOver ? null : connection;

    public override void Commit()
    {
        transaction.Commit();
        connection.EndTurn();
    }

    public override void Rollback()
    {
        transaction.Rollback();
        connection.EndTurn();
    }

    public override void Save(string savepointName) => transaction.Save(savepointName);

    public override void Rollback(string savepointName) => transaction.Rollback(savepointName);

    public override void Release(string savepointName) => transaction.Release(savepointName);

    protected override void Dispose(bool disposing)
    {
        // One that is over may be disposed of when its connection has the next already.
        if (disposing && !IsOver)
        {
            transaction.Dispose();
            connection.EndTurn();
        }

        base.Dispose(disposing);
    }
}
