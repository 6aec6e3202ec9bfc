using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Storage;

namespace Nexus.Core.Commands;

/// <summary>
/// The door for what is done in somebody else's database, which no transaction of ours can hold. Who may and the audit are as at
/// <see cref="CommandDoor"/>; a request id is claimed before the deed, so that the same request is never done twice, and a deed whose
/// end nobody saw is not repeated but told of.
/// </summary>
public sealed class OutsideDoor(
    IDbContextFactory<NexusDbContext> database, CommandGate gate, CommandAudit audit, CommandRecords records, TimeProvider time)
{
    internal const string OutcomeUnknown = "OUTCOME_UNKNOWN";

    public async Task<TResult> ExecuteAsync<TResult>(
        Actor actor, Command command, string target, Func<CancellationToken, Task<TResult>> act, Func<TResult, TResult> kept,
        CancellationToken cancellationToken)
        where TResult : class =>
        (await TryAsync(actor, command, target, async token => await act(token), kept, cancellationToken))!;

    /// <summary>The same; null, and no word in the audit, when <paramref name="act"/> found that it isn't its to do.</summary>
    /// <param name="target">The id of the thing acted upon, for the audit.</param>
    /// <param name="kept">The part of a result that is kept for a repeated request; nobody else's data lies about with us.</param>
    public Task<TResult?> TryAsync<TResult>(
        Actor actor, Command command, string target, Func<CancellationToken, Task<TResult?>> act, Func<TResult, TResult> kept,
        CancellationToken cancellationToken)
        where TResult : class =>
        gate.PassAsync<TResult?>(actor, command, async () =>
        {
            var claims = command.Options is { RequestId: not null, DryRun: false };
            if (claims && await ClaimAsync<TResult>(actor, command, cancellationToken) is { } earlier) return earlier;
            var result = await ActAsync(actor, command, claims, act, cancellationToken);
            if (result is not null) await KeepAsync(actor, command, target, claims, kept(result));
            return result;
        });

    /// <summary>The result of the same request, done before; null when it is ours to do now.</summary>
    private async Task<TResult?> ClaimAsync<TResult>(Actor actor, Command command, CancellationToken cancellationToken)
        where TResult : class
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await records.FindResultAsync<TResult>(db, actor, command, cancellationToken) is { } earlier) return earlier;
        CommandRecords.Claim(db, actor, command, time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateException)
        {
            throw CommandRecords.Begun();
        }
    }

    private async Task<TResult?> ActAsync<TResult>(
        Actor actor, Command command, bool claimed, Func<CancellationToken, Task<TResult?>> act, CancellationToken cancellationToken)
        where TResult : class
    {
        try
        {
            return await act(cancellationToken);
        }
        catch (Exception exception) when (claimed && exception is not NexusException { Code: OutcomeUnknown })
        {
            await using var db = await database.CreateDbContextAsync(CancellationToken.None);
            await CommandRecords.Own(db, actor, command).ExecuteDeleteAsync(CancellationToken.None);
            throw;
        }
    }

    // What is done is done: no hanging up keeps it out of the audit.
    private async Task KeepAsync<TResult>(Actor actor, Command command, string target, bool claimed, TResult result)
    {
        if (command.Options.DryRun) return;
        await audit.RecordDeedAsync(actor, command, target, CancellationToken.None);
        if (!claimed) return;
        await using var db = await database.CreateDbContextAsync(CancellationToken.None);
        var record = await CommandRecords.Own(db, actor, command).SingleAsync(CancellationToken.None);
        record.Complete(result);
        await db.SaveChangesAsync(CancellationToken.None);
    }
}
