using System.Diagnostics;
using System.Text.Json;
using Nexus.Benchmarks.Measuring;
using Nexus.Testing;

namespace Nexus.Benchmarks.Scenarios;

/// <summary>The build of the Node sample from a repository, beside <c>docker build</c> of the Dockerfile that Nexus writes for it.</summary>
internal static class BuildBenchmark
{
    private const int Rounds = 5;
    private const string Sample = "node-npm";
    private const string Name = "sample";

    public static async Task<Section> RunAsync()
    {
        using var folder = new TemporaryFolder();
        await using var git = await GitHost.StartAsync(Directory.CreateDirectory(folder.At("repositories")).FullName);
        var repository = await TestRepository.CreateAsync(git.Repositories, Name);
        await using var stage = await Stage.SetAsync(
            null, new Dictionary<string, string?> { ["Nexus__Outbound__AllowedHosts"] = GitHost.Name }, BaseImage.Node);
        var engine = stage.Engine!;
        var results = await Contest.RunAsync<double>(
            Rounds,
            new("Nexus, cold", async () =>
            {
                await ForgetAsync(engine);
                await repository.CommitAsync(Files());
                await stage.Agent.CallAsync("nexusai_deploy_source", new { repoUrl = git.UrlOf(Name), name = Name });
                return await BuildTimeAsync(stage);
            }),
            new("Nexus, one line later", async () =>
            {
                await repository.CommitAsync(Files());
                await stage.Agent.CallAsync("nexusai_deploy_redeploy", new { deploymentId = Name });
                var time = await BuildTimeAsync(stage);
                await stage.Agent.CallAsync("nexusai_deploy_delete", new { deploymentId = Name });
                await Poll.UntilAsync(async () => (await engine.Cli.RunAsync("image", "ls", "--quiet", "nexus-build/*")).Length == 0, "it to be gone");
                return time;
            }),
            new("`docker build`, cold", async () =>
            {
                await ForgetAsync(engine);
                return await DockerBuildAsync(engine, folder);
            }),
            new("`docker build`, one line later", () => DockerBuildAsync(engine, folder)));
        Samples Of(string name) => new(results[name]);
        string Row(string name, string beside) => FormattableString.Invariant($"| {name} | {Of(name).Cells("0.00")} | {Of(name).Median / Of(beside).Median:0.00} |");
        return new(
            "Building the Node sample",
            "BuildKit. Cold is without its cache, with the base image there. Of Nexus the whole step: its turn, fetching the commit, "
                + "finding the framework, writing the Dockerfile and building; of `docker build` what the client takes with the folder at hand.",
            $"""
            | | median s | range | × |
            |---|---|---|---|
            {Row("`docker build`, cold", "`docker build`, cold")}
            {Row("Nexus, cold", "`docker build`, cold")}
            {Row("`docker build`, one line later", "`docker build`, one line later")}
            {Row("Nexus, one line later", "`docker build`, one line later")}
            """);
    }

    /// <summary>The sample's files; the server says something else each time.</summary>
    private static Dictionary<string, string> Files()
    {
        var folder = Repository.At("tests", "samples", Sample);
        var files = Directory.EnumerateFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        files["server.js"] += $"// {Guid.NewGuid()}\n";
        return files;
    }

    private static async Task ForgetAsync(DockerEngine engine) => await engine.Cli.RunAsync("builder", "prune", "--all", "--force");

    private static async Task<double> BuildTimeAsync(Stage stage)
    {
        await stage.Agent.SettledStatusAsync(Name);
        var status = await stage.Agent.CallAsync("nexusai_deploy_status", new { deploymentId = Name });
        var step = status.GetProperty("rollout").GetProperty("steps").EnumerateArray().Single(one => one.GetProperty("kind").GetString() == "build_image");
        return (Time(step, "endedAt") - Time(step, "startedAt")).TotalSeconds;
    }

    private static DateTimeOffset Time(JsonElement step, string name) => step.GetProperty(name).GetDateTimeOffset();

    private static async Task<double> DockerBuildAsync(DockerEngine engine, TemporaryFolder folder)
    {
        var context = Directory.CreateDirectory(folder.At("context")).FullName;
        foreach (var (name, content) in Files()) await File.WriteAllTextAsync(Path.Combine(context, name), content);
        File.Copy(Repository.At("tests", "samples", Sample + ".dockerfile"), Path.Combine(context, "Dockerfile"), overwrite: true);
        var build = new CommandLine(Tool.Path("docker"), "build", "--quiet", "--tag", "beside", context)
        {
            Variables = new Dictionary<string, string?> { ["DOCKER_HOST"] = engine.Endpoint.OriginalString, ["DOCKER_BUILDKIT"] = "1", ["DOCKER_CONFIG"] = folder.At("client") },
        };
        var clock = Stopwatch.StartNew();
        _ = (await Shell.RunAsync(build, TimeSpan.FromMinutes(5))).Required;
        return clock.Elapsed.TotalSeconds;
    }
}
