using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Builds;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Providers.Docker;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Core.Tests.Builds;

/// <summary>The core on a real engine, with a Git host that has one repository.</summary>
internal sealed class BuildBench : IAsyncDisposable
{
    private static readonly HttpClient Http = new();
    private readonly TemporaryFolder _folder;

    private BuildBench(TemporaryFolder folder, CoreHost core, GitHost git, TestRepository repository, DockerEngine engine) =>
        (_folder, Core, Git, Repository, Engine) = (folder, core, git, repository, engine);

    public CoreHost Core { get; }

    public GitHost Git { get; }

    public TestRepository Repository { get; }

    public DockerEngine Engine { get; }

    public string Url => Git.UrlOf("web");

    public static async Task<BuildBench> StartAsync(
        Shared<DockerEngine> engines, DockerBuilderKind builder = DockerBuilderKind.Auto, BuildOptions? builds = null) =>
        await StartAsync(await engines.GetAsync(), builder, builds);

    public static async Task<BuildBench> StartAsync(DockerEngine engine, DockerBuilderKind builder, BuildOptions? builds = null)
    {
        var folder = new TemporaryFolder();
        var repositories = Directory.CreateDirectory(folder.At("repositories")).FullName;
        var core = await CoreHost.StartAsync(
            dockerHost: engine.Endpoint.OriginalString, worker: true, builder: builder, builds: builds, healthTimeout: TimeSpan.FromSeconds(30));
        return new(folder, core, await GitHost.StartAsync(repositories), await TestRepository.CreateAsync(repositories, "web"), engine);
    }

    /// <summary>Commits a folder of <c>tests/samples</c>.</summary>
    public Task<string> CommitSampleAsync(string sample)
    {
        var folder = Nexus.Testing.Repository.At("tests", "samples", sample);
        return Repository.CommitAsync(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllText));
    }

    /// <summary>Commits an application that answers with a text, on busybox; <paramref name="also"/> comes before its last line.</summary>
    public Task<string> CommitAsync(string answer, string also = "", params IEnumerable<(string Path, string Content)> files) =>
        Repository.CommitAsync(new Dictionary<string, string>(files.Select(file => KeyValuePair.Create(file.Path, file.Content)))
        {
            ["Dockerfile"] = $"FROM alpine:nexus-test\nCOPY index.html /www/index.html\nEXPOSE 8000\n{also}\nCMD [\"httpd\", \"-f\", \"-p\", \"8000\", \"-h\", \"/www\"]\n",
            ["index.html"] = answer,
        });

    public Task<DeploymentResult> DeployAsync(string name, Func<DeploySource, DeploySource>? with = null) =>
        Core.Commands.CreateFromSourceAsync(
            Core.Owner, (with ?? (asked => asked))(new() { RepoUrl = Url, Name = name }), CommandOptions.None, default);

    public async Task<DeploymentReport> RunningAsync(string name)
    {
        var report = await Core.SettledAsync(name);
        report.Deployment.Status.Should().Be(
            DeploymentStatus.Running, "{0}", $"{report.LastFailure?.Message}\n{string.Join('\n', (await LogAsync(name)).TakeLast(30))}");
        return report;
    }

    public async Task<DeploymentFailure> FailedAsync(string name)
    {
        var report = await Core.SettledAsync(name);
        report.LastFailure.Should().NotBeNull();
        return report.LastFailure!;
    }

    public async Task<IReadOnlyList<string>> LogAsync(string name) =>
        [.. (await Core.BuildLogs.ReadAsync(Core.Owner, name, new() { Lines = DeploymentLogs.MostLines }, default)).Lines.Select(line => line.Text)];

    /// <summary>What the deployment's first replica answers.</summary>
    public async Task<string> AnswerAsync(string name)
    {
        var id = (await Core.Queries.StatusAsync(Core.Owner, name, 0, default)).Deployment.Id;
        await using var db = await Core.Database.CreateDbContextAsync();
        var route = await db.Routes.SingleAsync(route => route.DeploymentId == id);
        return await Http.GetStringAsync(new Uri($"http://{route.Targets[0].Address}/"));
    }

    /// <summary>The same; null while it doesn't answer.</summary>
    public async Task<string?> TryAnswerAsync(string name)
    {
        try
        {
            return await AnswerAsync(name);
        }
        catch (Exception failure) when (failure is HttpRequestException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    public async Task<Revision> RevisionAsync(string name, int number)
    {
        var id = (await Core.Queries.StatusAsync(Core.Owner, name, 0, default)).Deployment.Id;
        await using var db = await Core.Database.CreateDbContextAsync();
        return await db.Revisions.AsNoTracking().SingleAsync(revision => revision.DeploymentId == id && revision.Number == number);
    }

    /// <summary>Deletes it and waits until nothing of it is on the engine.</summary>
    public async Task DeleteAsync(string name)
    {
        var id = (await Core.Commands.DeleteAsync(Core.Owner, name, CommandOptions.None, default)).Deployment.Id;
        await Poll.UntilAsync(
            async () => (await ImagesAsync(id)).Count == 0, $"the images of {name} to go", TimeSpan.FromMinutes(3),
            () => string.Join(", ", ImagesAsync(id).Result));
    }

    /// <summary>The tags of the images that were built for a deployment.</summary>
    public async Task<IReadOnlyList<string>> ImagesAsync(Guid deploymentId) =>
        (await Engine.Cli.RunAsync("image", "ls", "--format", "{{.Tag}}", $"nexus-build/{deploymentId:N}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async ValueTask DisposeAsync()
    {
        await Core.DisposeAsync();
        await Git.DisposeAsync();
        _folder.Dispose();
    }
}
