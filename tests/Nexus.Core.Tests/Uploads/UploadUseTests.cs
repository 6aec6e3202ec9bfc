using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Projects;
using Nexus.Core.Uploads;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Uploads;

/// <summary>Deployments of uploads as they are recorded: whose they are, and how long they stay.</summary>
public sealed class UploadUseTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
{
    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_upload_that_is_anothers_or_gone_answers_as_one_that_never_was(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(UploadBench.Noon);
        await using var bench = await UploadBench.StartAsync(kind, postgres, engines, time: time);
        var mine = (await bench.UploadAsync(UploadBench.Zip())).RepoUrl;
        var stranger = await StrangerAsync(bench);
        var never = await UploadBench.RefusedAsync(() => bench.DeployAsync($"upload:{Guid.CreateVersion7()}"));
        never.Should().BeEquivalentTo(new { Code = "UPLOAD_NOT_FOUND", Field = "repoUrl" });

        var refusals = new List<NexusException>
        {
            await UploadBench.RefusedAsync(() => bench.DeployAsync(mine, actor: stranger)),
            await UploadBench.RefusedAsync(() => bench.DeployAsync("upload:")),
            await UploadBench.RefusedAsync(() => bench.DeployAsync("upload:../../etc/passwd")),
            await UploadBench.RefusedAsync(() => bench.DeployAsync(mine + "/")),
        };
        time.Advance(TimeSpan.FromHours(24));
        refusals.Add(await UploadBench.RefusedAsync(() => bench.DeployAsync(mine)));
        (await bench.PruneAsync()).Should().Be(1);
        refusals.Add(await UploadBench.RefusedAsync(() => bench.DeployAsync(mine)));

        refusals.Should().OnlyContain(refusal => refusal.Code == never.Code && refusal.Message == never.Message && refusal.Hint == never.Hint && refusal.Field == never.Field);
        (await bench.KeptAsync()).Should().Be((0, 0), "chunks go with their upload");
        await using var db = await bench.Host.Database.CreateDbContextAsync();
        (await db.Deployments.CountAsync()).Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task One_that_is_used_stays_until_the_last_of_its_deployments_is_deleted(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(UploadBench.Noon);
        await using var bench = await UploadBench.StartAsync(kind, postgres, engines, time: time);
        var upload = (await bench.UploadAsync(UploadBench.Zip())).RepoUrl;
        var one = await bench.DeployAsync(upload);
        time.Advance(TimeSpan.FromDays(30));
        (await bench.PruneAsync()).Should().Be(0);
        var other = await bench.DeployAsync(upload);
        await bench.DeleteAsync(one);
        time.Advance(TimeSpan.FromDays(30));
        (await bench.PruneAsync()).Should().Be(0);

        var again = await bench.Host.Revisions.RedeployAsync(bench.Host.Owner, other.Deployment.Id.ToString(), new(), CommandOptions.None, default);
        again.Plan.Select(change => change.Field).Should().Equal(["revision", "image"], "it is the same upload, built afresh");
        await bench.DeleteAsync(other);
        (await bench.PruneAsync()).Should().Be(0, "it was used just now");
        time.Advance(TimeSpan.FromHours(24));

        (await bench.PruneAsync()).Should().Be(1);
        (await bench.KeptAsync()).Should().Be((0, 0));
    }

    [Fact]
    public async Task A_revision_before_the_newest_keeps_its_upload_too()
    {
        var time = new FakeTimeProvider(UploadBench.Noon);
        await using var bench = await UploadBench.StartAsync(DatabaseKind.Sqlite, postgres, engines, time: time);
        var deployed = await bench.DeployAsync((await bench.UploadAsync(UploadBench.Zip())).RepoUrl);

        await bench.Host.Revisions.RedeployAsync(
            bench.Host.Owner, deployed.Deployment.Id.ToString(), new() { Code = "<h1>text</h1>", Framework = "static" }, CommandOptions.None, default);
        time.Advance(TimeSpan.FromDays(2));

        (await bench.PruneAsync()).Should().Be(0);
        await using var db = await bench.Host.Database.CreateDbContextAsync();
        (await db.Revisions.OrderBy(revision => revision.Number).Select(revision => revision.UploadId != null).ToListAsync()).Should().Equal(true, false);
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_be_and_puts_nothing_off()
    {
        var time = new FakeTimeProvider(UploadBench.Noon);
        await using var bench = await UploadBench.StartAsync(DatabaseKind.Sqlite, postgres, engines, time: time);
        var receipt = await bench.UploadAsync(UploadBench.Zip());
        time.Advance(TimeSpan.FromHours(23));

        var plan = (await bench.DeployAsync(receipt.RepoUrl, dryRun: true)).Plan;

        plan.Should().Contain(new Change("repoUrl", null, receipt.RepoUrl)).And.Contain(new Change("name", null, "app"))
            .And.NotContain(change => change.Field == "commit");
        (await UploadBench.RefusedAsync(() => bench.DeployAsync($"upload:{Guid.CreateVersion7()}", dryRun: true))).Code.Should().Be("UPLOAD_NOT_FOUND");
        time.Advance(TimeSpan.FromHours(1));
        (await bench.PruneAsync()).Should().Be(1);
    }

    [Fact]
    public async Task What_is_for_repositories_is_refused_with_an_upload()
    {
        await using var bench = await UploadBench.StartAsync(DatabaseKind.Sqlite, postgres, engines);
        var upload = (await bench.UploadAsync(UploadBench.Zip())).RepoUrl;

        (await UploadBench.RefusedAsync(() => bench.DeployAsync(upload, asked => asked with { RepoBranch = "main" }))).Should().BeEquivalentTo(new { Code = "INVALID_ARGUMENTS", Field = "repoBranch" });
        (await UploadBench.RefusedAsync(() => bench.DeployAsync(upload, asked => asked with { RepoSecretName = "TOKEN" }))).Should().BeEquivalentTo(new { Code = "INVALID_ARGUMENTS", Field = "repoSecretName" });
    }

    [Fact]
    public async Task Pruning_that_meets_a_deployment_on_its_way_leaves_it_its_upload()
    {
        var time = new FakeTimeProvider(UploadBench.Noon);
        await using var bench = await UploadBench.StartAsync(DatabaseKind.PostgreSql, postgres, engines, time: time);
        var upload = (await bench.UploadAsync(UploadBench.Zip())).RepoUrl;
        var door = bench.Host.Get<CommandDoor>();
        time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(10));
        Task<int>? pruning = null;

        await door.ExecuteAsync(
            bench.Host.Owner, new(Operation.DeploySource, new { }, CommandOptions.None), async (context, token) =>
            {
                await UploadUse.BindAsync(Revision(upload), context, token);
                time.Advance(TimeSpan.FromSeconds(1));
                pruning = Task.Run(bench.PruneAsync, token);
                await Poll.UntilAsync(() => WaitsAsync(bench), "pruning to wait for the row", TimeSpan.FromSeconds(30), cancellation: token);
                return "bound";
            }, default);

        (await pruning!).Should().Be(0);
        (await bench.KeptAsync()).Uploads.Should().Be(1);
    }

    /// <summary>Asked beside the command: within a transaction the answer stays what it was first.</summary>
    private static async Task<bool> WaitsAsync(UploadBench bench)
    {
        await using var db = await bench.Host.Database.CreateDbContextAsync();
        return await db.Database
            .SqlQueryRaw<bool>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS \"Value\"")
            .SingleAsync();
    }

    /// <summary>Somebody of another organisation who may deploy there.</summary>
    private static async Task<Actor> StrangerAsync(UploadBench bench)
    {
        var stranger = await bench.Host.StrangerAsync();
        await using var db = await bench.Host.Database.CreateDbContextAsync();
        db.Add(new Project { Id = Guid.CreateVersion7(), OrganizationId = stranger.OrganizationId, Name = "default", CreatedAt = UploadBench.Noon });
        await db.SaveChangesAsync();
        return stranger;
    }

    private static Revision Revision(string upload) => new()
    {
        DeploymentId = Guid.CreateVersion7(),
        Number = 1,
        Image = "app:1",
        UploadId = UploadReference.IdOf(upload),
        Variables = new Dictionary<string, string>(),
        Port = 0,
        Command = [],
        HealthCheck = HealthCheck.Tcp,
        RequestedBy = Guid.CreateVersion7(),
        CreatedAt = UploadBench.Noon,
    };
}
