using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Builds;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Providers.Docker;
using Nexus.Core.Usage;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Builds;

/// <summary>Deployments from source on a real engine: what is built, when, and what becomes of it.</summary>
public sealed class BuildTests(Shared<DockerEngine> engines)
{
    [Fact]
    public async Task A_redeploy_builds_the_new_commit_and_a_rollback_brings_the_exact_image_back_without_a_build()
    {
        await using var bench = await BuildBench.StartAsync(engines);
        await bench.CommitAsync("one");
        await bench.DeployAsync("moving", asked => asked with { EnvVars = new Dictionary<string, string?> { ["COLOUR"] = "red" } });
        await bench.RunningAsync("moving");
        (await bench.AnswerAsync("moving")).Should().Be("one");
        var first = await bench.RevisionAsync("moving", 1);
        first.Port.Should().Be(8000, "the Dockerfile says so");
        (await bench.Engine.Cli.RunAsync("image", "inspect", first.ResolvedImage!)).Should().NotContain("COLOUR");
        var second = await bench.CommitAsync("two");

        await bench.Core.Revisions.RedeployAsync(bench.Core.Owner, "moving", new(), CommandOptions.None, default);
        await bench.RunningAsync("moving");
        (await bench.AnswerAsync("moving")).Should().Be("two");
        (await bench.RevisionAsync("moving", 2)).Commit.Should().Be(second);

        await bench.Core.Revisions.RollBackAsync(bench.Core.Owner, "moving", null, CommandOptions.None, default);
        var report = await bench.RunningAsync("moving");
        (await bench.AnswerAsync("moving")).Should().Be("one");
        report.Rollout!.Steps.Select(step => step.Kind).Should().NotContain("build_image");
        (await bench.RevisionAsync("moving", 3)).Should().BeEquivalentTo(new { first.ResolvedImage, first.Commit, first.Port, CopyOf = 1 });
        var used = (await bench.Core.Get<UsageQueries>().ReadAsync(bench.Core.Owner, UsagePeriod.SevenDays, default)).Totals;
        (used[UsageMeasure.Builds], used[UsageMeasure.FailedBuilds]).Should().Be((2, 0));
        used.BuildTime.Should().BePositive();
        await bench.DeleteAsync("moving");
    }

    [Fact]
    public async Task A_finished_build_that_nobody_recorded_is_found_again_and_one_that_is_wanted_no_more_goes()
    {
        await using var bench = await BuildBench.StartAsync(engines);
        await bench.CommitAsync("found");
        await bench.DeployAsync("found");
        var id = (await bench.RunningAsync("found")).Deployment.Id;
        var image = (await bench.RevisionAsync("found", 1)).ResolvedImage;
        await bench.Core.Commands.StopAsync(bench.Core.Owner, "found", CommandOptions.None, default);
        await bench.Core.SettledAsync("found");
        await using (var db = await bench.Core.Database.CreateDbContextAsync())
            await db.Revisions.Where(revision => revision.DeploymentId == id).ExecuteUpdateAsync(set => set.SetProperty(revision => revision.ResolvedImage, (string?)null));
        var lines = (await bench.LogAsync("found")).Count;

        await bench.Core.Commands.StartAsync(bench.Core.Owner, "found", CommandOptions.None, default);
        await bench.RunningAsync("found");

        (await bench.RevisionAsync("found", 1)).ResolvedImage.Should().Be(image);
        (await bench.LogAsync("found")).Should().HaveCount(lines, "nothing was built again");
        await bench.Engine.Cli.BuildAsync($"nexus-build/{id:N}:r7", "FROM alpine:nexus-test\nENV OVERTAKEN=1\n");
        await bench.DeleteAsync("found");
    }

    [Theory]
    [InlineData(DockerBuilderKind.Auto)]
    [InlineData(DockerBuilderKind.Classic)]
    public async Task A_build_that_fails_says_why_with_the_end_of_its_log_and_the_old_revision_keeps_serving(DockerBuilderKind builder)
    {
        var name = $"failing-{builder}".ToLowerInvariant();
        await using var bench = await BuildBench.StartAsync(engines, builder);
        await bench.CommitAsync("sound");
        await bench.DeployAsync(name);
        await bench.RunningAsync(name);
        await bench.CommitAsync("it is broken password=hunter22\n", "RUN cat /www/index.html && exit 3");

        await bench.Core.Revisions.RedeployAsync(bench.Core.Owner, name, new(), CommandOptions.None, default);
        var failure = await bench.FailedAsync(name);

        failure.Should().BeEquivalentTo(new { Code = "BUILD_FAILED", Message = "A step of the Dockerfile ended with exit code 3.", Revision = 2 });
        failure.LogTail.Should().Contain(line => line.Contains("it is broken password=[redacted]")).And.NotContain(line => line.Contains("hunter22"));
        (await bench.LogAsync(name)).Should().NotContain(line => line.Contains("hunter22"));
        (await bench.RunningAsync(name)).Deployment.Revision.Should().Be(1);
        (await bench.AnswerAsync(name)).Should().Be("sound");
        await bench.DeleteAsync(name);
    }

    [Theory]
    [InlineData(DockerBuilderKind.Auto)]
    [InlineData(DockerBuilderKind.Classic)]
    public async Task A_build_ends_when_its_deployment_is_deleted_and_leaves_nothing(DockerBuilderKind builder)
    {
        var name = $"cancelled-{builder}".ToLowerInvariant();
        await using var bench = await BuildBench.StartAsync(engines, builder);
        await bench.CommitAsync("never", "RUN echo in the midst && sleep 600");
        var id = (await bench.DeployAsync(name)).Deployment.Id;
        await Poll.UntilAsync(
            async () => (await bench.LogAsync(name)).Any(line => line.EndsWith("in the midst") && !line.Contains("echo")), "the build to be in the midst",
            TimeSpan.FromSeconds(60), () => string.Join('\n', bench.LogAsync(name).Result));
        var building = await bench.Core.Queries.StatusAsync(bench.Core.Owner, name, 0, default);
        building.Deployment.Status.Should().Be(DeploymentStatus.Building);

        await bench.DeleteAsync(name);

        await Poll.UntilAsync(async () => !(await RunningProcessesAsync()).Contains("sleep 600"), "the step to end", TimeSpan.FromSeconds(30));
        (await bench.ImagesAsync(id)).Should().BeEmpty();
        Directory.EnumerateFiles(Path.Combine(bench.Core.DataDirectory, "sources"), "*", SearchOption.AllDirectories)
            .Should().OnlyContain(file => file.EndsWith(".lock"), "the source is gone");
        (await bench.Engine.Cli.RunAsync("ps", "--all", "--format", "{{.Command}}")).Should().NotContain("sleep 600");
    }

    [Fact]
    public async Task What_serves_is_kept_running_while_the_next_revision_is_built()
    {
        await using var bench = await BuildBench.StartAsync(engines);
        await bench.CommitAsync("old");
        await bench.DeployAsync("kept-up");
        await bench.RunningAsync("kept-up");
        await bench.CommitAsync("new", "RUN echo in the midst && sleep 602");
        await bench.Core.Revisions.RedeployAsync(bench.Core.Owner, "kept-up", new(), CommandOptions.None, default);
        await Poll.UntilAsync(async () => (await bench.LogAsync("kept-up")).Any(line => line.EndsWith("in the midst") && !line.Contains("echo")), "the build to be in the midst", TimeSpan.FromSeconds(60));

        await bench.Engine.Cli.RunAsync("kill", (await bench.Engine.Cli.RunAsync("ps", "--quiet", "--filter", "name=nexus-kept-up-")).Trim());

        await Poll.UntilAsync(async () => await bench.TryAnswerAsync("kept-up") == "old", "the old revision to answer again", TimeSpan.FromSeconds(60));
        (await bench.Core.Queries.StatusAsync(bench.Core.Owner, "kept-up", 0, default)).Deployment.Status.Should().Be(DeploymentStatus.Building);
        await bench.DeleteAsync("kept-up");
    }

    [Fact]
    public async Task A_build_that_takes_too_long_is_given_up()
    {
        await using var bench = await BuildBench.StartAsync(engines, builds: new BuildOptions { Time = TimeSpan.FromSeconds(3) });
        await bench.CommitAsync("slow", "RUN sleep 601");

        await bench.DeployAsync("slow");

        (await bench.FailedAsync("slow")).Code.Should().Be("BUILD_TIMEOUT");
        await Poll.UntilAsync(async () => !(await RunningProcessesAsync()).Contains("sleep 601"), "the step to end", TimeSpan.FromSeconds(30));
        await bench.DeleteAsync("slow");
    }

    [Fact]
    public async Task A_log_can_be_continued_searched_and_cut()
    {
        await using var bench = await BuildBench.StartAsync(engines);
        await bench.CommitAsync("many", "RUN for number in $(seq 12000); do echo line $number; done");
        await bench.DeployAsync("many");
        await bench.RunningAsync("many");

        var all = await bench.LogAsync("many");
        all.Should().HaveCount(DeploymentLogs.MostLines);
        var found = await bench.Core.BuildLogs.ReadAsync(bench.Core.Owner, "many", new() { Lines = 5, Search = "LINE 42" }, default);
        found.Lines.Should().HaveCount(5).And.OnlyContain(line => line.Text.Contains("line 42") && line.Replica == "r1");
        var after = await bench.Core.BuildLogs.ReadAsync(bench.Core.Owner, "many", new() { Lines = 1000, Cursor = found.Cursor }, default);
        var last = found.Lines[^1].At;
        after.Lines.Should().NotBeEmpty().And.OnlyContain(line => line.At > last);
        await using var db = await bench.Core.Database.CreateDbContextAsync();
        (await db.BuildLogLines.CountAsync()).Should().BeLessThan(BuildLogWriter.MostLines + 100);
        (await db.BuildLogLines.AnyAsync(line => line.Text.Contains("lines are left out"))).Should().BeTrue();
        await bench.DeleteAsync("many");
    }

    /// <summary>The command lines of everything on this machine, containers of all engines among it.</summary>
    private static async Task<string> RunningProcessesAsync() =>
        (await Shell.RunAsync(new("ps", "-eo", "args"), TimeSpan.FromSeconds(10))).Required;
}
