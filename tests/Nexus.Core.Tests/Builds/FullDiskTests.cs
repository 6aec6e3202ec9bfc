using FluentAssertions;
using Nexus.Core.Commands;
using Nexus.Core.Providers.Docker;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Builds;

/// <summary>A disk of the engine's own that is too small for what a build writes.</summary>
public sealed class FullDiskTests
{
    private const int DiskMiB = 96;

    [Theory]
    [InlineData(DockerBuilderKind.Auto)]
    [InlineData(DockerBuilderKind.Classic)]
    public async Task A_build_that_fills_the_disk_says_so_and_leaves_room_for_the_next(DockerBuilderKind builder)
    {
        await using var engine = await DockerEngine.StartEmptyAsync(diskMiB: DiskMiB);
        await engine.LoadAsync(BaseImage.Busybox);
        await using var bench = await BuildBench.StartAsync(engine, builder);
        await bench.CommitAsync("sound");
        await bench.DeployAsync("serving");
        await bench.RunningAsync("serving");
        await bench.CommitAsync("large", "RUN dd if=/dev/urandom of=/large bs=1M count=200");

        await bench.Core.Revisions.RedeployAsync(bench.Core.Owner, "serving", new(), CommandOptions.None, default);
        var failure = await bench.FailedAsync("serving");

        failure.Code.Should().Be("PROVIDER_DISK_FULL", failure.Message);
        failure.Hint.Should().Contain("free space");
        (await bench.RunningAsync("serving")).Deployment.Revision.Should().Be(1, "the old revision keeps serving");
        (await bench.AnswerAsync("serving")).Should().Be("sound");
        await bench.CommitAsync("small again");
        await bench.Core.Revisions.RedeployAsync(bench.Core.Owner, "serving", new(), CommandOptions.None, default);
        await bench.RunningAsync("serving");
        (await bench.AnswerAsync("serving")).Should().Be("small again");
        await bench.DeleteAsync("serving");
    }
}
