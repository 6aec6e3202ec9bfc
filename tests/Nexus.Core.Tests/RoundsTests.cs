using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Nexus.Core.Tests;

public sealed class RoundsTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly FakeTimeProvider _time = new();
    private readonly List<Exception> _told = [];

    [Fact]
    public async Task Failures_and_calls_that_were_given_up_end_no_rounds()
    {
        using var ending = new CancellationTokenSource();
        var outcomes = new Queue<Func<Task>>(
        [
            () => throw new IOException("away"),
            () => Task.FromException(new TaskCanceledException("took too long")),
            () => Task.CompletedTask,
            () => ending.CancelAsync(),
        ]);

        var rounds = Rounds.RunAsync(Hour, _time, _ => outcomes.Dequeue()(), _told.Add, ending.Token);
        outcomes.Should().HaveCount(4, "the first comes after an hour");
        while (!rounds.IsCompleted) _time.Advance(Hour);

        await FluentActions.Awaiting(() => rounds).Should().ThrowAsync<OperationCanceledException>();
        outcomes.Should().BeEmpty();
        _told.Should().SatisfyRespectively(
            first => first.Should().BeOfType<IOException>(), second => second.Should().BeOfType<TaskCanceledException>());
    }

    [Fact]
    public async Task A_round_that_its_caller_ends_is_no_failure()
    {
        using var ending = new CancellationTokenSource();
        var round = Rounds.TryAsync(token => Task.Delay(Timeout.InfiniteTimeSpan, _time, token), _told.Add, ending.Token);

        await ending.CancelAsync();

        await FluentActions.Awaiting(() => round).Should().ThrowAsync<OperationCanceledException>();
        _told.Should().BeEmpty();
    }
}
