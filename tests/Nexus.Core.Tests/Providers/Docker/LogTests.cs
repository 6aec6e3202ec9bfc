using FluentAssertions;
using Nexus.Core.Providers;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Providers.Docker;

public sealed class LogTests(Shared<DockerEngine> engine)
{
    [Fact]
    public async Task Both_streams_are_merged_by_time()
    {
        await using var test = await TestProvider.CreateAsync(engine);

        var lines = await RunAsync(test, "for i in 1 2 3; do echo out $i; sleep 0.05; echo err $i >&2; sleep 0.05; done");

        lines.Select(line => $"{line.Stream} {line.Text}").Should().Equal(
            "stdout out 1", "stderr err 1", "stdout out 2", "stderr err 2", "stdout out 3", "stderr err 3");
        lines.Should().BeInAscendingOrder(line => line.At).And.OnlyContain(line => line.At > DateTimeOffset.UtcNow.AddMinutes(-1));
    }

    [Fact]
    public async Task The_newest_lines_come_and_those_from_a_time_on()
    {
        await using var test = await TestProvider.CreateAsync(engine);
        var all = await RunAsync(test, "for i in 1 2 3 4 5; do echo $i; sleep 0.02; done");
        var replica = (await test.ListAsync()).Single();

        (await test.LogsAsync(replica, lines: 2)).Select(line => line.Text).Should().Equal("4", "5");
        (await test.LogsAsync(replica, since: all[2].At)).Select(line => line.Text).Should().Equal("3", "4", "5");
    }

    [Fact]
    public async Task What_is_no_text_and_what_has_no_end_is_made_readable()
    {
        await using var test = await TestProvider.CreateAsync(engine);

        var lines = await RunAsync(
            test,
            @"printf '\377\376\000end\n'; printf '\033[31mred\033[0m\r\n'; head -c 200000 /dev/zero | tr '\0' x; echo; echo after; printf 'no line feed'");

        lines.Select(line => line.Text).Where(text => text.Length < 100).Should().Equal("��\ufffdend", "red", "after", "no line feed");
        var cut = lines.Single(line => line.Text.Length > 100).Text;
        cut.Should().StartWith(new string('x', 16 * 1024)).And.EndWith("… (line cut)");
        cut.Length.Should().BeLessThan(17 * 1024);
    }

    [Fact]
    public async Task A_replica_that_is_gone_has_no_lines()
    {
        await using var test = await TestProvider.CreateAsync(engine);

        var lines = await test.Provider.ReadLogsAsync(new string('a', 64), new LogRange(10), TestContext.Current.CancellationToken);

        lines.Should().BeEmpty();
    }

    private static async Task<IReadOnlyList<LogLine>> RunAsync(TestProvider test, string script)
    {
        await test.StartAsync(test.Spec("sh", "-c", script));
        return await test.LogsAsync(await test.UntilExitedAsync());
    }
}
