using System.Diagnostics;
using Nexus.Benchmarks.Measuring;
using Nexus.Testing;

namespace Nexus.Benchmarks.Scenarios;

/// <summary>From the wish for a local image to the first answer of the application; beside it what Docker alone takes.</summary>
internal static class DeployBenchmark
{
    private const int Rounds = 30;

    public static async Task<Section> RunAsync()
    {
        await using var stage = await Stage.SetAsync(null, BaseImage.Nginx);
        var results = await Contest.RunAsync<double>(
            Rounds,
            new("`docker run`", () => DockerRunAsync(stage.Engine!)),
            new("`deploy_create`", () => DeployAsync(stage)));
        var (docker, nexus) = (new Samples(results["`docker run`"]), new Samples(results["`deploy_create`"]));
        return new(
            "Deploying an image that is local, to the first 200",
            "nginx; polled every 5 ms, for `deploy_create` through the ingress, for `docker run` at the published port. Each deployment is its project's "
                + "first, and so the project's network is made with it; `docker run` takes the one that is there. Target: at most 1.5 ×.",
            $"""
            | | median ms | range | × |
            |---|---|---|---|
            | `docker run` and polling | {docker.Cells("0")} | 1.00 |
            | `deploy_create` and polling | {nexus.Cells("0")} | {nexus.Median / docker.Median:0.00} |
            """);
    }

    private static async Task<double> DockerRunAsync(DockerEngine engine)
    {
        var port = LoopbackPort.Next();
        var clock = Stopwatch.StartNew();
        var id = await engine.Cli.RunAsync("run", "--detach", "--publish", $"127.0.0.1:{port}:80", BaseImage.Nginx.Tags[0]);
        await Visitor.UntilAnsweredAsync(new Uri($"http://localhost:{port}/"));
        var took = clock.Elapsed;
        await engine.Cli.RunAsync("rm", "--force", id);
        return took.TotalMilliseconds;
    }

    private static async Task<double> DeployAsync(Stage stage)
    {
        var name = $"bench-{Guid.NewGuid():N}"[..20];
        var clock = Stopwatch.StartNew();
        await stage.Agent.CallAsync("nexusai_deploy_create", new { image = BaseImage.Nginx.Tags[0], port = 80, name });
        await Visitor.UntilAnsweredAsync(new Uri($"http://{name}.localhost:{stage.Server.BaseUrl.Port}/"));
        var took = clock.Elapsed;
        await stage.Agent.SettledStatusAsync(name);
        await stage.Agent.CallAsync("nexusai_deploy_delete", new { deploymentId = name });
        await Poll.UntilAsync(
            async () => (await stage.Engine!.Cli.RunAsync("ps", "--all", "--quiet", "--filter", $"name=nexus-{name}")).Length == 0, "it to be gone");
        return took.TotalMilliseconds;
    }
}
