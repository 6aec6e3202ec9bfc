using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests.Resilience;

/// <summary>The server is killed around and in the midst of a build; the next start brings it to its end, and builds nothing twice.</summary>
public sealed class BuildFaultTests : IAsyncLifetime
{
    /// <summary>Where it is killed, and how often the builder is asked by then.</summary>
    private static readonly (string Point, int Builds)[] Points =
        [("ListBuilds after 1", 1), ("BuildImage before 1", 1), ("BuildImage during 1", 2), ("BuildImage after 1", 1), ("StartReplica before 1", 1)];

    private readonly TemporaryFolder _folder = new();
    private DockerEngine _engine = null!;
    private GitHost _git = null!;
    private NexusServerProcess _server = null!;
    private ServerAgent _agent = null!;

    [Fact]
    public async Task A_build_cut_off_at_any_point_comes_to_its_end_and_no_commit_is_built_twice()
    {
        foreach (var (number, (point, builds)) in Points.Index())
        {
            var name = $"built-{number}";
            await CommitAsync(name);
            await CutOffAsync(point, () => _agent.CallAsync("nexusai_deploy_source", new { repoUrl = _git.UrlOf(name), name }));

            (await _agent.SettledStatusAsync(name)).Should().Be("RUNNING", "the server was killed at {0}", point);
            (await LogAsync(name)).Count(line => line.StartsWith("Building with", StringComparison.Ordinal)).Should().Be(builds, "the server was killed at {0}", point);
            await LeavesOnlyAsync(name, point);
        }
    }

    [Fact]
    public async Task A_server_killed_in_a_build_whose_deployment_is_deleted_then_leaves_nothing()
    {
        await CommitAsync("gone");
        await CutOffAsync("BuildImage after 1", () => _agent.CallAsync("nexusai_deploy_source", new { repoUrl = _git.UrlOf("gone"), name = "gone" }));
        await _agent.CallAsync("nexusai_deploy_delete", new { deploymentId = "gone" });

        await Poll.UntilAsync(
            async () => !(await _engine.Cli.RunAsync("image", "ls", "--format", "{{.Repository}}")).Contains("nexus-build", StringComparison.Ordinal)
                && (await _engine.Cli.RunAsync("ps", "--all", "--quiet")).Trim().Length == 0,
            "everything to go", TimeSpan.FromSeconds(60));
    }

    public async ValueTask InitializeAsync()
    {
        _engine = await DockerEngine.StartEmptyAsync();
        await _engine.LoadAsync(BaseImage.Busybox);
        _git = await GitHost.StartAsync(Directory.CreateDirectory(_folder.At("repositories")).FullName);
        _server = await NexusServerProcess.StartAsync(new NexusServerOptions
        {
            Docker = _engine,
            Variables = new Dictionary<string, string?>(ServerAgent.OwnerVariables) { ["Nexus__Outbound__AllowedHosts"] = GitHost.Name },
            Program = Repository.At("tests", "Nexus.FaultyServer", "bin", Repository.Configuration, "net10.0", "Nexus.FaultyServer.dll"),
        });
        _agent = new ServerAgent(_server.BaseUrl);
        await _agent.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        await _server.DisposeAsync();
        await _git.DisposeAsync();
        await _engine.DisposeAsync();
        _folder.Dispose();
    }

    private async Task CommitAsync(string name)
    {
        var repository = await TestRepository.CreateAsync(_git.Repositories, name);
        await repository.CommitAsync(new Dictionary<string, string>
        {
            ["Dockerfile"] = $"FROM alpine:nexus-test\nRUN echo {name} in the midst && sleep 2\nEXPOSE 8000\nCMD [\"httpd\", \"-f\", \"-p\", \"8000\", \"-h\", \"/www\"]\n",
        });
    }

    /// <summary>The server must die at that point, or the test fails.</summary>
    private async Task CutOffAsync(string point, Func<Task> command)
    {
        await File.WriteAllTextAsync(Path.Combine(_server.Data, "fault"), point);
        await command();
        (await _server.WaitForExitAsync()).Should().Be(137, "it should be killed at {0}", point);
        await _server.StartAgainAsync();
    }

    private async Task<IReadOnlyList<string>> LogAsync(string name) =>
        [.. (await _agent.CallAsync("nexusai_deploy_logs", new { deploymentId = name, type = "build", lines = 1000 }))
            .GetProperty("untrustedOutput").GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("text").GetString()!)];

    /// <summary>One image, one container, no source, and no builder that goes on without its server.</summary>
    private async Task LeavesOnlyAsync(string name, string point)
    {
        var id = (await _agent.CallAsync("nexusai_deploy_status", new { deploymentId = name })).GetProperty("deployment").GetProperty("id").GetGuid();
        (await _engine.Cli.RunAsync("image", "ls", "--format", "{{.Tag}}", $"nexus-build/{id:N}")).Trim().Should().Be("r1", "the server was killed at {0}", point);
        (await _engine.Cli.RunAsync("ps", "--all", "--filter", "label=nexus.deployment=" + id, "--quiet")).Trim().Split('\n').Should().ContainSingle();
        Directory.EnumerateFiles(Path.Combine(_server.Data, "sources"), "*", SearchOption.AllDirectories).Should().OnlyContain(file => file.EndsWith(".lock"));
        (await Shell.RunAsync(new("ps", "-eo", "args"), TimeSpan.FromSeconds(10))).Required.Should().NotContain($"nexus-build/{id:N}");
    }
}
