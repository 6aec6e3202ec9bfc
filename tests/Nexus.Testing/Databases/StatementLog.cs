using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Testing;

/// <summary>Keeps the SQL statements that a host sends.</summary>
/// <param name="counts">Whether what is sent now is of interest; null for always.</param>
public sealed class StatementLog(Func<bool>? counts = null) : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> _statements = new();

    public IReadOnlyList<string> Seen => [.. _statements];

    /// <summary>Those that the database does not answer; null for none.</summary>
    public Predicate<string>? Fails { get; set; }

    /// <summary>Has the log that is among the services hear of every statement.</summary>
    public static void Attach(IServiceProvider services, DbContextOptionsBuilder builder) =>
        builder.AddInterceptors(services.GetRequiredService<StatementLog>());

    /// <summary>The statements since the last call.</summary>
    public IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (_statements.TryDequeue(out var statement)) taken.Add(statement);
        return taken;
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => Keep(command, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Keep(command, result));

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result) => Keep(command, result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Keep(command, result));

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Keep(command, result));

    private T Keep<T>(DbCommand command, T result)
    {
        if (counts is null || counts()) _statements.Enqueue(command.CommandText);
        if (Fails?.Invoke(command.CommandText) == true) throw new IOException("The database does not answer.");
        return result;
    }
}
