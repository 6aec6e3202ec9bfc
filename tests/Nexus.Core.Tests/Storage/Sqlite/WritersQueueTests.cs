using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using FluentAssertions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Nexus.Core.Storage.Sqlite;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Storage.Sqlite;

public sealed class WritersQueueTests : IDisposable
{
    private const string Count = "SELECT COUNT(*) FROM Things";
    private const string Add = "INSERT INTO Things (Name) VALUES (@name)";

    private readonly SqliteBench _bench = new();

    [Fact]
    public async Task Writers_wait_for_each_other_in_the_order_in_which_they_came_and_without_a_thread()
    {
        var writers = Enumerable.Range(0, 4).Select(_ => _bench.Open()).ToList();
        // On this one thread: a writer that blocked it would block the one that it waits for.
        var turns = writers.ConvertAll(writer => writer.BeginTransactionAsync().AsTask());
        for (var writer = 0; writer < writers.Count; writer++)
        {
            var transaction = await turns[writer];
            turns.Skip(writer + 1).Should().NotContain(turn => turn.IsCompleted);
            SqliteBench.Run(writers[writer], Add, transaction, ("@name", $"{writer}"));
            await transaction.CommitAsync();
        }

        SqliteBench.Ask(writers[0], Count).Should().Be(4L);
        writers.ForEach(writer => writer.Dispose());
    }

    [Theory]
    [InlineData("INSERT INTO Things (Name) VALUES ('bob')")]
    [InlineData("UPDATE Things SET Name = 'bob'")]
    [InlineData("DELETE FROM Things")]
    public async Task What_writes_without_a_transaction_waits_too_and_what_reads_does_not(string write)
    {
        using var first = _bench.Open();
        using var second = _bench.Open();
        var transaction = await first.BeginTransactionAsync();
        SqliteBench.Run(first, Add, transaction, ("@name", "ada"));

        await using var command = SqliteBench.Command(second, write);
        var written = command.ExecuteNonQueryAsync();
        written.IsCompleted.Should().BeFalse();
        using (var third = _bench.Open()) SqliteBench.Ask(third, Count).Should().Be(0L);
        await transaction.CommitAsync();

        (await written).Should().Be(1);
        await AssertFreeAsync();
    }

    [Fact]
    public async Task Who_gives_up_waiting_lets_the_next_one_pass()
    {
        using var first = _bench.Open();
        using var second = _bench.Open();
        using var third = _bench.Open();
        using var cancelled = new CancellationTokenSource();
        var transaction = await first.BeginTransactionAsync();
        await using var command = SqliteBench.Command(second, Add, ("@name", "ada"));
        var written = command.ExecuteScalarAsync(cancelled.Token);
        var next = third.BeginTransactionAsync().AsTask();
        await cancelled.CancelAsync();

        await FluentActions.Awaiting(() => written).Should().ThrowAsync<OperationCanceledException>();
        next.IsCompleted.Should().BeFalse();
        await transaction.RollbackAsync();
        await (await next).RollbackAsync();
        await AssertFreeAsync();
    }

    [Theory]
    [InlineData(nameof(DbTransaction.Commit))]
    [InlineData(nameof(DbTransaction.Rollback))]
    [InlineData(nameof(DbTransaction.Dispose))]
    [InlineData(nameof(DbConnection.Close))]
    public async Task However_a_transaction_ends_the_turn_ends_with_it(string end)
    {
        using var connection = _bench.Open();
        var transaction = await connection.BeginTransactionAsync();
        switch (end)
        {
            case nameof(DbTransaction.Commit): transaction.Commit(); break;
            case nameof(DbTransaction.Rollback): transaction.Rollback(); break;
            case nameof(DbTransaction.Dispose): transaction.Dispose(); break;
            default: connection.Close(); break;
        }

        await AssertFreeAsync();
    }

    [Fact]
    public async Task The_turn_ends_only_once()
    {
        using var first = _bench.Open();
        using var second = _bench.Open();
        var over = await first.BeginTransactionAsync();
        await over.CommitAsync();
        var goesOn = await first.BeginTransactionAsync();
        await over.DisposeAsync();

        var next = second.BeginTransactionAsync().AsTask();
        next.IsCompleted.Should().BeFalse();
        await FluentActions.Awaiting(() => first.BeginTransactionAsync().AsTask()).Should().ThrowAsync<InvalidOperationException>();
        next.IsCompleted.Should().BeFalse("a failure to begin a second one leaves the first");
        await goesOn.CommitAsync();
        await goesOn.DisposeAsync();
        await (await next).CommitAsync();
        await AssertFreeAsync();
    }

    [Fact]
    public async Task What_fails_gives_the_turn_back()
    {
        using var connection = _bench.Open();
        SqliteBench.Run(connection, Add, parameters: ("@name", "ada"));
        await using var command = SqliteBench.Command(connection, Add, ("@name", "ada"));

        await FluentActions.Awaiting(() => command.ExecuteNonQueryAsync()).Should().ThrowAsync<SqliteException>();
        await AssertFreeAsync();
        FluentActions.Invoking(() => command.ExecuteNonQuery()).Should().Throw<SqliteException>();
        await AssertFreeAsync();
    }

    [Fact]
    public async Task What_returns_rows_has_the_turn_until_they_are_read()
    {
        using var connection = _bench.Open();
        using var next = _bench.Open();
        await using var command = SqliteBench.Command(connection, Add + " RETURNING Name", ("@name", "ada"));
        var reader = await command.ExecuteReaderAsync();
        var transaction = next.BeginTransactionAsync().AsTask();
        transaction.IsCompleted.Should().BeFalse();
        (await reader.ReadAsync()).Should().BeTrue();
        await reader.DisposeAsync();
        connection.Close();

        await (await transaction).RollbackAsync();
        await AssertFreeAsync();
        SqliteBench.Ask(next, Count).Should().Be(1L);
    }

    [Fact]
    public async Task A_transaction_that_is_forgotten_gives_the_turn_back_with_its_memory()
    {
        Forget();
        using var next = _bench.Open();
        var transaction = next.BeginTransactionAsync().AsTask();
        await Poll.UntilAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return Task.FromResult(transaction.IsCompleted);
            },
            "the turn to come back");
        await (await transaction).RollbackAsync();
    }

    [Fact]
    public async Task Another_process_is_waited_for_and_what_it_holds_too_long_fails_and_frees_the_turn()
    {
        // Its own connections, with a queue of their own, as another process has them.
        using var others = new SqliteConnections(_bench.Options, TimeProvider.System);
        using var other = new BorrowedConnection(others);
        using var connection = _bench.Open();
        SqliteBench.Run(connection, "PRAGMA busy_timeout = 0");
        connection.Opened.Connection.DefaultTimeout = 1; // A second, in which the driver tries again.
        await other.OpenAsync();
        var transaction = await other.BeginTransactionAsync();

        (await FluentActions.Awaiting(() => connection.BeginTransactionAsync().AsTask()).Should().ThrowAsync<SqliteException>())
            .Which.SqliteErrorCode.Should().Be(5);
        var written = Task.Run(() =>
        {
            using var patient = _bench.Open();
            SqliteBench.Run(patient, Add, parameters: ("@name", "ada"));
        });
        await transaction.CommitAsync();
        await written;
        await AssertFreeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_waits_for_itself_is_told_so_instead_of_waiting_for_ever(bool blocking)
    {
        var time = new FakeTimeProvider();
        var queue = new WritersQueue(time);
        await queue.WaitAsync(CancellationToken.None);
        var waiting = blocking ? Task.Run(queue.Wait) : queue.WaitAsync(CancellationToken.None).AsTask();
        await Poll.UntilAsync(
            () =>
            {
                time.Advance(WritersQueue.Patience);
                return Task.FromResult(waiting.IsCompleted);
            },
            "the patience to end");

        (await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<SqliteException>())
            .Where(exception => exception.SqliteErrorCode == 5).WithMessage("*second connection*");
        queue.Leave();
        await queue.WaitAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_transaction_that_locks_nothing_waits_for_nobody()
    {
        using var writing = _bench.Open();
        using var reading = _bench.Open();
        var transaction = await writing.BeginTransactionAsync();
        await using (await reading.BeginTransactionAsync(IsolationLevel.ReadUncommitted))
        {
        }

        await transaction.CommitAsync();
        await AssertFreeAsync();
    }

    public void Dispose() => _bench.Dispose();

    /// <summary>Nobody has the turn: a writer gets it at once.</summary>
    private async Task AssertFreeAsync()
    {
        using var connection = _bench.Open();
        var turn = connection.TakeTurnAsync(CancellationToken.None);
        turn.IsCompletedSuccessfully.Should().BeTrue("nobody has the turn");
        await turn;
        connection.EndTurn();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Forget() => _bench.Open().BeginTransaction();
}
