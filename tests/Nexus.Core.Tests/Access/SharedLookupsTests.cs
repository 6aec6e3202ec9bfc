using FluentAssertions;
using Nexus.Core.Access;
using Xunit;

namespace Nexus.Core.Tests.Access;

public sealed class SharedLookupsTests
{
    [Fact]
    public async Task Whoever_asks_after_a_look_up_has_begun_gets_the_next_one()
    {
        var begun = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        var looks = 0;
        var lookups = new SharedLookups<string, int>(async _ =>
        {
            var look = Interlocked.Increment(ref looks);
            begun.TrySetResult();
            await mayEnd.Task;
            return look;
        });

        var first = lookups.AskAsync("ada");
        await begun.Task;
        var second = lookups.AskAsync("ada");
        mayEnd.SetResult();

        (await first).Should().Be(1);
        (await second).Should().Be(2, "what the first found may have changed since");
    }

    [Fact]
    public async Task Those_who_wait_share_one_and_each_key_has_its_own()
    {
        var looks = 0;
        var lookups = new SharedLookups<string, string>(key =>
        {
            Interlocked.Increment(ref looks);
            return Task.FromResult(key.ToUpperInvariant());
        });

        var answers = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(number => lookups.AskAsync(number % 2 == 0 ? "ada" : "bob")));

        answers.Should().OnlyContain(answer => answer == "ADA" || answer == "BOB").And.Contain("ADA").And.Contain("BOB");
        looks.Should().BeLessThan(10_000);
    }

    [Fact]
    public async Task A_failure_reaches_those_who_waited_and_nobody_after_them()
    {
        var fails = true;
        var lookups = new SharedLookups<string, int>(_ => fails ? Task.FromException<int>(new IOException("away")) : Task.FromResult(1));

        await FluentActions.Awaiting(() => lookups.AskAsync("ada")).Should().ThrowAsync<IOException>();
        fails = false;

        (await lookups.AskAsync("ada")).Should().Be(1);
    }
}
