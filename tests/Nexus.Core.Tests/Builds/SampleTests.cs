using FluentAssertions;
using Nexus.Core.Providers.Docker;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Builds;

/// <summary>The sample applications that this machine has base images for, built and answered for real.</summary>
public sealed class SampleTests(Shared<DockerEngine> engines)
{
    [Theory]
    [InlineData(DockerBuilderKind.Auto, "BuildKit")]
    [InlineData(DockerBuilderKind.Classic, "classic")]
    public async Task A_static_a_Node_and_a_Python_sample_are_detected_built_and_answer(DockerBuilderKind builder, string builderName)
    {
        var engine = await engines.GetAsync();
        await engine.LoadAsync(BaseImage.Node);
        await engine.LoadAsync(BaseImage.Python);
        await engine.Cli.RunAsync("tag", "python:3-slim", "python:3.13-slim");
        await using var bench = await BuildBench.StartAsync(engines, builder);
        foreach (var (sample, framework, answer) in new[]
        {
            ("static", "static", "<"), ("node-npm", "node", "Hello from the Node sample"), ("python-requirements", "python", "Hello from the Python sample"),
        })
        {
            var commit = await bench.CommitSampleAsync(sample);
            await bench.DeployAsync(sample);

            var report = await bench.RunningAsync(sample);

            (await bench.AnswerAsync(sample)).Should().Contain(answer);
            (await bench.RevisionAsync(sample, 1)).Commit.Should().Be(commit);
            report.Rollout!.Steps[0].Kind.Should().Be("build_image");
            var log = await bench.LogAsync(sample);
            log.Should().Contain(line => line.Contains(commit)).And.Contain(line => line.StartsWith($"The framework is {framework}:"))
                .And.Contain("The Dockerfile:").And.Contain(line => line.StartsWith("FROM ")).And.Contain(line => line.Contains(builderName));
            await bench.DeleteAsync(sample);
        }
    }
}
