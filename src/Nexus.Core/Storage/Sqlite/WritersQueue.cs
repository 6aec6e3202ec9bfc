using Microsoft.Data.Sqlite;

namespace Nexus.Core.Storage.Sqlite;

#pragma warning disable CA1001 // A semaphore has something to dispose of only once its wait handle was asked for, and connections may come back late.

/// <summary>
/// SQLite lets one write at a time, and has the others sleep and look again. The writers of this process wait here instead, in the order
/// in which they came and without a thread, so that SQLite's sleeps are for other processes' writers.
/// </summary>
internal sealed class WritersQueue(TimeProvider time)
{
    /// <summary>As long as SQLite itself would wait.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int Busy = 5; // SQLITE_BUSY

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Returns when it is the caller's turn, which must <see cref="Leave"/> afterwards.</summary>
    /// <exception cref="SqliteException">It was not for so long: whoever had the turn kept it.</exception>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_turn.Wait(TimeSpan.Zero, CancellationToken.None)) return;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await _turn.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooLong();
        }
    }

    /// <summary>The same for who can't do without a thread.</summary>
    /// <exception cref="SqliteException">It was not for so long: whoever had the turn kept it.</exception>
    public void Wait()
    {
        if (_turn.Wait(TimeSpan.Zero)) return;
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            _turn.Wait(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw TooLong();
        }
    }

    public void Leave() => _turn.Release();

    private static SqliteException TooLong() => new(
        $"Another writer of this process kept the database for {Patience.TotalSeconds:0} seconds. If this one writes over a second "
            + "connection while it has a transaction on a first, it waits for itself: write within the transaction, or after it.",
        Busy);
}
