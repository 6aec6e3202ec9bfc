using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Nexus.Core.Storage.Sqlite;

/// <summary>
/// EF Core makes one for each query: it carries the text and the parameters to the command that the borrowed connection has prepared.
/// </summary>
internal sealed class BorrowingCommand(BorrowedConnection connection) : SqliteCommand
{
    private BorrowedTransaction? _transaction;
    private SqliteCommand? _once;

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => throw new NotSupportedException();
    }

    protected override DbTransaction? DbTransaction
    {
        get => _transaction;
        set => _transaction = (BorrowedTransaction?)value;
    }

    public override SqliteDataReader ExecuteReader(CommandBehavior behavior) => Execute(static (command, behavior) => command.ExecuteReader(behavior), behavior);

    public override int ExecuteNonQuery() => Execute(static (command, _) => command.ExecuteNonQuery());

    public override object? ExecuteScalar() => Execute(static (command, _) => command.ExecuteScalar());

    /// <summary>It is prepared when it runs, and stays so.</summary>
    public override void Prepare()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _once?.Dispose();
        base.Dispose(disposing);
    }

    private T Execute<T>(Func<SqliteCommand, CommandBehavior, T> execute, CommandBehavior behavior = CommandBehavior.Default)
    {
        var open = connection.Opened;
        var command = open.CommandFor(this);
        if (!command.IsKept)
        {
            _once?.Dispose();
            _once = command;
        }

        try
        {
            command.Transaction = _transaction?.Inner;
            command.CommandTimeout = CommandTimeout;
            command.Parameters.Clear();
            for (var index = 0; index < Parameters.Count; index++) command.Parameters.Add(Parameters[index]);
            return execute(command, behavior);
        }
        catch
        {
            // Whatever state the failure has left the statement in, nobody meets it again.
            open.Commands.Remove(command);
            throw;
        }
    }
}
