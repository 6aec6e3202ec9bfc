using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Nexus.Core.Storage.Sqlite;

/// <summary>
/// EF Core makes one for each query: it carries the text and the parameters to the command that the borrowed connection has prepared.
/// What writes outside of a transaction waits for its turn first.
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

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken);
        return ExecuteNonQuery();
    }

    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken);
        return ExecuteScalar();
    }

    /// <summary>It is prepared when it runs, and stays so.</summary>
    public override void Prepare()
    {
    }

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken);
        return ExecuteReader(behavior);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _once?.Dispose();
        base.Dispose(disposing);
    }

    private bool NeedsTurn => _transaction is null && Statements.Writes(CommandText);

    private ValueTask TakeTurnAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return NeedsTurn ? connection.TakeTurnAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    private T Execute<T>(Func<SqliteCommand, CommandBehavior, T> execute, CommandBehavior behavior = CommandBehavior.Default)
    {
        if (!NeedsTurn) return ExecuteNow(execute, behavior);
        connection.TakeTurn();
        var isDone = true;
        try
        {
            var result = ExecuteNow(execute, behavior);
            // What returns rows is committed when they are read; the turn ends as the connection closes, which EF Core does next.
            isDone = result is not SqliteDataReader { FieldCount: > 0 };
            return result;
        }
        finally
        {
            if (isDone) connection.EndTurn();
        }
    }

    private T ExecuteNow<T>(Func<SqliteCommand, CommandBehavior, T> execute, CommandBehavior behavior)
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
