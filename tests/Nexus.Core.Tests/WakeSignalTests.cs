using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Nexus.Core.Tests;

public sealed class WakeSignalTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private readonly FakeTimeProvider _time = new();
    private readonly WakeSignal _signal = new();

    [Fact]
    public async Task A_wake_during_a_pass_is_not_lost()
    {
        _signal.Wake();
        await WaitAsync();

        _signal.Wake();

        WaitAsync().IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task Many_wakes_make_one_pass()
    {
        Parallel.For(0, 1000, _ => _signal.Wake());

        await WaitAsync();

        var next = WaitAsync();
        next.IsCompleted.Should().BeFalse();
        _signal.Wake();
        await next;
    }

    [Fact]
    public async Task Without_a_wake_the_wait_ends_when_its_time_is_over_and_the_next_wake_counts()
    {
        var wait = WaitAsync();
        _time.Advance(Long - TimeSpan.FromTicks(1));
        wait.IsCompleted.Should().BeFalse();

        _time.Advance(TimeSpan.FromTicks(1));
        await wait;

        _signal.Wake();
        WaitAsync().IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task Whoever_ends_the_wait_is_told()
    {
        using var ending = new CancellationTokenSource();
        var timed = _signal.WaitAsync(Long, _time, ending.Token);
        var endless = new WakeSignal().WaitAsync(ending.Token);

        await ending.CancelAsync();

        await FluentActions.Awaiting(() => timed).Should().ThrowAsync<OperationCanceledException>();
        await FluentActions.Awaiting(() => endless).Should().ThrowAsync<OperationCanceledException>();
    }

    private Task WaitAsync() => _signal.WaitAsync(Long, _time, CancellationToken.None);
}
