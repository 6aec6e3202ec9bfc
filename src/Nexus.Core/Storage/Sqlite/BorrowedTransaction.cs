using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Nexus.Core.Storage.Sqlite;

/// <summary>The driver's transaction, as one of the borrowed connection.</summary>
internal sealed class BorrowedTransaction(BorrowedConnection connection, SqliteTransaction transaction) : DbTransaction
{
    public SqliteTransaction Inner => transaction;

    public override IsolationLevel IsolationLevel => transaction.IsolationLevel;

    public override bool SupportsSavepoints => true;

    protected override DbConnection? DbConnection => transaction.Connection is null ? null : connection;

    public override void Commit() => transaction.Commit();

    public override void Rollback() => transaction.Rollback();

    public override void Save(string savepointName) => transaction.Save(savepointName);

    public override void Rollback(string savepointName) => transaction.Rollback(savepointName);

    public override void Release(string savepointName) => transaction.Release(savepointName);

    protected override void Dispose(bool disposing)
    {
        if (disposing) transaction.Dispose();
        base.Dispose(disposing);
    }
}
