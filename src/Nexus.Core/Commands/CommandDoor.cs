using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Plans;
using Nexus.Core.Storage;

namespace Nexus.Core.Commands;

/// <summary>
/// The one door that every change goes through: authorize, look the request up, act in one transaction together with the
/// audit and the idempotency record, or roll back for a dry run. What it lets through is only recorded; the reconciler does it.
/// </summary>
public sealed class CommandDoor(
    IDbContextFactory<NexusDbContext> database, CommandGate gate, CommandAudit audit, CommandRecords records, PlanGuard plan, TimeProvider time)
{
    private const int Attempts = 3;

    /// <summary>Runs <paramref name="act"/> as the actor. It may run more than once when it loses a race, always on a fresh context.</summary>
    public Task<TResult> ExecuteAsync<TResult>(
        Actor actor, Command command, Func<CommandContext, CancellationToken, Task<TResult>> act, CancellationToken cancellationToken)
        where TResult : class =>
        gate.PassAsync(actor, command, () => RetryLostRacesAsync(() => ActOnceAsync(actor, command, act, cancellationToken)));

    /// <summary>
    /// The same for a command that must first go out into the world, which takes long and must not hold a transaction: what
    /// <paramref name="prepare"/> brings is what <paramref name="act"/> acts with. A request that was done before does neither.
    /// </summary>
    public Task<TResult> ExecuteAsync<TPrepared, TResult>(
        Actor actor, Command command, Func<CancellationToken, Task<TPrepared>> prepare,
        Func<TPrepared, CommandContext, CancellationToken, Task<TResult>> act, CancellationToken cancellationToken)
        where TResult : class =>
        gate.PassAsync(actor, command, async () =>
        {
            if (await FindTwinAsync<TResult>(actor, command, cancellationToken) is { } earlier) return earlier;
            var prepared = await prepare(cancellationToken);
            return await RetryLostRacesAsync(() => ActOnceAsync(actor, command, (context, token) => act(prepared, context, token), cancellationToken));
        });

    /// <summary>A refusal may be the doing of the same request, sent twice and carried out meanwhile: then its result is the answer.</summary>
    private async Task<TResult> ActOnceAsync<TResult>(
        Actor actor, Command command, Func<CommandContext, CancellationToken, Task<TResult>> act, CancellationToken cancellationToken)
        where TResult : class
    {
        try
        {
            return await ActAsync(actor, command, act, cancellationToken);
        }
        catch (NexusException) when (command.Options.RequestId is not null)
        {
            if (await FindTwinAsync<TResult>(actor, command, cancellationToken) is { } twin) return twin;
            throw;
        }
    }

    private async Task<TResult?> FindTwinAsync<TResult>(Actor actor, Command command, CancellationToken cancellationToken)
        where TResult : class
    {
        if (command.Options.RequestId is null) return null;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await records.FindResultAsync<TResult>(db, actor, command, cancellationToken);
    }

    private async Task<TResult> ActAsync<TResult>(
        Actor actor, Command command, Func<CommandContext, CancellationToken, Task<TResult>> act, CancellationToken cancellationToken)
        where TResult : class
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await records.FindResultAsync<TResult>(db, actor, command, cancellationToken) is { } earlier) return earlier;

        var context = new CommandContext(db, actor, time.GetUtcNow());
        var result = await act(context, cancellationToken);
        await plan.CheckAsync(context, cancellationToken);
        if (command.Options.DryRun) return result;

        CommandRecords.Add(context, command, result);
        await audit.RecordSuccessAsync(db, actor, command, context, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        context.Committed();
        return result;
    }

    /// <summary>A unique index or a concurrency token that another command won is looked at again, and then gets its own clear error.</summary>
    private static async Task<TResult> RetryLostRacesAsync<TResult>(Func<Task<TResult>> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await act();
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                continue;
            }
        }
    }
}
