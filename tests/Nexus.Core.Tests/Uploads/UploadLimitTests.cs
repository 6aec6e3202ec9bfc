using FluentAssertions;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Uploads;

/// <summary>Nobody fills the disk.</summary>
public sealed class UploadLimitTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
{
    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task No_more_may_wait_than_the_operator_allows_however_many_come_at_once(DatabaseKind kind)
    {
        await using var bench = await UploadBench.StartAsync(kind, postgres, uploads: new() { MostWaiting = 3, AtOnce = 8 });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Outcome.OfAsync(() => bench.UploadAsync(UploadBench.Zip(2_000_000))))));

        outcomes.Order().Should().Equal([.. Enumerable.Repeat("OK", 3), .. Enumerable.Repeat("TOO_MANY_UPLOADS", 5)]);
        (await bench.KeptAsync()).Uploads.Should().Be(3);
        (await Outcome.OfAsync(async () => await bench.UploadAsync(UploadBench.Zip(), await bench.Host.StrangerAsync()))).Should().Be("OK", "another organisation has its own");
    }

    [Fact]
    public async Task One_that_is_deployed_waits_no_more_and_counts_in_bytes_until_it_is_gone()
    {
        await using var bench = await UploadBench.StartAsync(
            DatabaseKind.Sqlite, postgres, engines, new() { MostWaiting = 1, MostBytes = 1_000_000 });
        var first = await bench.UploadAsync(UploadBench.Zip(600_000));
        (await UploadBench.RefusedAsync(() => bench.UploadAsync(UploadBench.Zip()))).Message.Should().Contain("wait already");

        await bench.DeployAsync(first.RepoUrl);

        (await UploadBench.RefusedAsync(() => bench.UploadAsync(UploadBench.Zip(600_000)))).Code.Should().Be("TOO_MANY_UPLOADS");
        (await UploadBench.RefusedAsync(() => bench.UploadAsync(new MemoryStream(UploadBench.Zip(600_000)), length: null))).Message.Should().Contain("together");
        await bench.UploadAsync(UploadBench.Zip(300_000));
        (await bench.KeptAsync()).Uploads.Should().Be(2);
        bench.Scraps().Should().BeEmpty();
    }

    [Fact]
    public async Task A_server_receives_so_many_of_an_organisation_at_a_time_and_a_turn_comes_back_however_one_ends()
    {
        await using var bench = await UploadBench.StartAsync(DatabaseKind.Sqlite, postgres, uploads: new() { AtOnce = 2 });
        using var hangUp = new CancellationTokenSource();
        var begun = new SemaphoreSlim(0);
        var stalled = Enumerable.Range(0, 2).Select(_ => Outcome.OfAsync(() => bench.UploadAsync(
            new BrokenBody(100, token =>
            {
                begun.Release();
                return Task.Delay(Timeout.Infinite, token);
            }),
            length: null, cancellation: hangUp.Token))).ToList();
        await begun.WaitAsync();
        await begun.WaitAsync();

        (await UploadBench.RefusedAsync(() => bench.UploadAsync(UploadBench.Zip()))).Message.Should().Contain("being received");
        (await Outcome.OfAsync(async () => await bench.UploadAsync(UploadBench.Zip(), await bench.Host.StrangerAsync()))).Should().Be("OK");

        await hangUp.CancelAsync();
        foreach (var one in stalled) await one.Invoking(ended => ended).Should().ThrowAsync<OperationCanceledException>();
        await UploadBench.RefusedAsync(() => bench.UploadAsync([1, 2, 3]));
        await UploadBench.RefusedAsync(() => bench.UploadAsync([1, 2, 3]));
        await bench.UploadAsync(UploadBench.Zip());
    }
}
