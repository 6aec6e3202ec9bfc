using System.Text;
using System.Text.Json;
using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests.Secrets;

/// <summary>
/// Secrets go through everything that handles them: a build from a private repository, a deployment that has one as a variable,
/// crashes, wrong calls, a killed server. Afterwards everything that the server and the engine have written is searched for them.
/// </summary>
public sealed class CanaryTests : IAsyncLifetime
{
    private const string Value = "canary-value-8f3a61c0d94e";
    private const string Token = "canary-token-27b95e4f8a13";
    private const string Changed = "canary-changed-61d0e7b2c85f";

    /// <summary>No secret: what the search must find, to be believed where it finds nothing.</summary>
    private const string Marker = "marker-app";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _answers = [];
    private DockerEngine _engine = null!;
    private GitHost _git = null!;
    private TraceCollector _traces = null!;
    private NexusServerProcess _server = null!;
    private ServerAgent _agent = null!;
    private string _log = "";

    [Fact]
    public async Task A_secret_is_nowhere_but_in_the_variables_of_the_container_that_it_is_for()
    {
        await BuildAndRunAsync();
        await CallWronglyAsync();
        var failure = await CrashAsync();
        failure.Should().Contain("[redacted]", "the application printed its secret and died");
        await UpdateAsync();
        _log += _server.Log;
        await _server.KillAsync();
        await SearchFilesAsync();
        await _server.StartAgainAsync();
        (await _agent.SettledStatusAsync(Marker)).Should().Be("RUNNING");

        await SearchContainersAsync();
        await SearchImagesAsync();
        await TellTracesAsync();
        (await _server.StopAsync()).Should().Be(0);
        _log += _server.Log;
        await SearchFilesAsync();
        ShouldBeClean(_log, "the server's log");
        _log.Should().Contain("/mcp").And.Contain("trce:", "everything is logged");
        ShouldBeClean(_traces.Text, "traces and metrics");
        _traces.Text.Should().Contain("/v1/traces").And.Contain("/v1/metrics");
        ShouldBeClean(string.Join('\n', _answers), "answers");
    }

    public async ValueTask InitializeAsync()
    {
        _engine = await DockerEngine.StartEmptyAsync();
        await _engine.LoadAsync(BaseImage.Busybox);
        _git = await GitHost.StartAsync(Directory.CreateDirectory(_folder.At("repositories")).FullName);
        _git.Credential = ("x-access-token", Token);
        _traces = await TraceCollector.StartAsync();
        Directory.CreateDirectory(_folder.At("tmp"));
        _server = await NexusServerProcess.StartAsync(new NexusServerOptions { Docker = _engine, Variables = Variables() });
        _agent = new ServerAgent(_server.BaseUrl);
        await _agent.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        await _server.DisposeAsync();
        await _traces.DisposeAsync();
        await _git.DisposeAsync();
        await _engine.DisposeAsync();
        _folder.Dispose();
    }

    private Dictionary<string, string?> Variables()
    {
        var variables = new Dictionary<string, string?>(ServerAgent.OwnerVariables.Concat(_traces.Variables))
        {
            ["Nexus__Outbound__AllowedHosts"] = GitHost.Name,
            ["Logging__LogLevel__Default"] = "Trace",
            ["TMPDIR"] = _folder.At("tmp"),
        };
        // More exact than what the server asks for, so these are what counts.
        string[] rooms =
        [
            "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore.Database", "Microsoft.EntityFrameworkCore.Update", "Microsoft.Extensions",
            "System.Net.Http", "OpenIddict.Server", "OpenIddict.Core", "ModelContextProtocol.Server", "ModelContextProtocol.AspNetCore", "Yarp.ReverseProxy",
        ];
        foreach (var room in rooms) variables["Logging__LogLevel__" + room] = "Trace";
        return variables;
    }

    private async Task BuildAndRunAsync()
    {
        await CallAsync("nexusai_secrets_create", new { name = "API_KEY", value = Value, requestId = "canary" });
        await CallAsync("nexusai_secrets_create", new { name = "GIT_TOKEN", value = Token });
        var repository = await TestRepository.CreateAsync(_git.Repositories, Marker);
        await repository.CommitAsync(new Dictionary<string, string>
        {
            ["Dockerfile"] = "FROM alpine:nexus-test\nRUN env && cat /proc/self/environ\nRUN echo up >/www/index.html\nEXPOSE 8000\nCMD [\"httpd\", \"-f\", \"-p\", \"8000\", \"-h\", \"/www\"]\n",
        });
        await CallAsync("nexusai_deploy_source", new
        {
            repoUrl = _git.UrlOf(Marker),
            name = Marker,
            repoSecretName = "GIT_TOKEN",
            envVars = new Dictionary<string, string> { ["KEY"] = "${secret:API_KEY}", ["URL"] = "postgres://app:${secret:API_KEY}@db/app" },
        });
        (await _agent.SettledStatusAsync(Marker)).Should().Be("RUNNING");
        foreach (var type in new[] { "build", "runtime" }) await CallAsync("nexusai_deploy_logs", new { deploymentId = Marker, type, lines = 1000 });
        await CallAsync("nexusai_deploy_status", new { deploymentId = Marker });
        await CallAsync("nexusai_deploy_health", new { deploymentId = Marker });
        await CallAsync("nexusai_secrets_list", new { });
        await CallAsync("nexusai_secrets_create", new { name = "API_KEY", value = Value, requestId = "canary" });
    }

    /// <summary>With the secret wherever a careless agent might put it.</summary>
    private async Task CallWronglyAsync()
    {
        await RefusedAsync("nexusai_secrets_create", new { name = "API_KEY", value = Value });
        await RefusedAsync("nexusai_secrets_create", new { name = "not a name", value = Value });
        await RefusedAsync("nexusai_secrets_create", new { name = "API_KEY", value = new[] { Value } });
        await RefusedAsync("nexusai_secrets_create", new { name = "OTHER", value = Value + '\0' });
        await RefusedAsync("nexusai_secrets_create", new { name = "OTHER", value = Value, requestId = "canary" });
        await RefusedAsync("nexusai_secrets_create", new { name = "OTHER", value = Value, environment = "NOWHERE" });
        await RefusedAsync("nexusai_secrets_update", new { secretId = Value, value = Value });
        await RefusedAsync("nexusai_secrets_update", new { secretId = Guid.NewGuid(), value = Value });
        await RefusedAsync("nexusai_db_source_connect", new { name = "db", host = "127.0.0.1", dbName = "db", username = "me", password = Value });
        await RefusedAsync("nexusai_deploy_create", new { image = "nginx:1", port = 80, envVars = new { A = Value + "${secret:NONE}" } });
    }

    /// <summary>An application that prints its secret before it dies, as stack traces do; its own log is its own doing, but ours is not.</summary>
    private async Task<string> CrashAsync()
    {
        await CallAsync("nexusai_deploy_create", new
        {
            image = BaseImage.Busybox.Tags[1],
            port = 8000,
            name = "crashes",
            command = new[] { "sh", "-c", "echo \"could not connect with $KEY\" >&2; exit 3" },
            envVars = new Dictionary<string, string> { ["KEY"] = "${secret:API_KEY}" },
        });
        (await _agent.SettledStatusAsync("crashes")).Should().Be("FAILED");
        var status = await CallAsync("nexusai_deploy_status", new { deploymentId = "crashes" });
        _answers.Add((await _agent.TryAsync("nexusai_deploy_logs", new { deploymentId = "crashes" })).GetRawText()); // Its container may be going.
        await CallAsync("nexusai_deploy_delete", new { deploymentId = "crashes" });
        return status.ToString();
    }

    private async Task UpdateAsync()
    {
        var secret = (await CallAsync("nexusai_secrets_list", new { })).GetProperty("secrets").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == "API_KEY").GetProperty("id").GetGuid();
        await CallAsync("nexusai_secrets_update", new { secretId = secret, value = Changed });
        await CallAsync("nexusai_deploy_redeploy", new { deploymentId = Marker });
        (await _agent.SettledStatusAsync(Marker)).Should().Be("RUNNING");
        await RefusedAsync("nexusai_secrets_delete", new { secretId = secret });
    }

    private async Task<JsonElement> CallAsync(string tool, object arguments)
    {
        var answer = await _agent.CallAsync(tool, arguments);
        _answers.Add(answer.GetRawText());
        return answer;
    }

    private async Task RefusedAsync(string tool, object arguments)
    {
        var answer = await _agent.TryAsync(tool, arguments);
        answer.GetProperty("result").GetProperty("isError").GetBoolean().Should().BeTrue();
        _answers.Add(answer.GetRawText());
    }

    /// <summary>Of the data folder, database, journal and locks and all, and of the server's temporary folder.</summary>
    private async Task SearchFilesAsync()
    {
        var found = false;
        var files = new[] { _server.Data, _folder.At("tmp") }.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => new FileInfo(file).Length > 0).ToList(); // A pipe of a killed server has none, and nobody writes to it.
        foreach (var file in files)
        {
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            ShouldBeClean(text, file);
            found |= text.Contains(Marker, StringComparison.Ordinal);
        }

        files.Should().Contain(file => file.EndsWith("nexus.db", StringComparison.Ordinal));
        found.Should().BeTrue("the deployment's name is in the database");
    }

    private async Task SearchContainersAsync()
    {
        var ids = await LinesAsync("ps", "--all", "--quiet");
        var holders = 0;
        foreach (var id in ids)
        {
            var everything = await _engine.Cli.RunAsync("inspect", id);
            var variables = await _engine.Cli.RunAsync("inspect", "--format", "{{json .Config.Env}}", id);
            using var parsed = JsonDocument.Parse(everything);
            var others = everything;
            foreach (var variable in parsed.RootElement[0].GetProperty("Config").GetProperty("Env").EnumerateArray())
                others = others.Replace(variable.GetRawText(), "", StringComparison.Ordinal);
            ShouldBeClean(others, $"container {id}");
            ShouldBeClean(await _engine.Cli.RunAsync("logs", id), $"the log of {id}");
            if (variables.Contains(Changed, StringComparison.Ordinal)) holders++;
            variables.Should().NotContain(Token).And.NotContain(Value, "the replica has the newest version");
        }

        holders.Should().Be(1, "the one replica that it is for");
    }

    /// <summary>Each with its history, its settings and its layers; the builder's containers are gone.</summary>
    private async Task SearchImagesAsync()
    {
        var images = await LinesAsync("image", "ls", "--all", "--quiet", "--no-trunc");
        foreach (var image in images.Distinct())
        {
            ShouldBeClean(await _engine.Cli.RunAsync("image", "inspect", image), image);
            ShouldBeClean(await _engine.Cli.RunAsync("history", "--no-trunc", image), image);
            var file = _folder.At("image.tar");
            await _engine.Cli.RunAsync("save", "--output", file, image);
            ShouldBeClean(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), $"the layers of {image}");
        }

        (await LinesAsync("image", "ls", "--format", "{{.Repository}}")).Should().Contain(name => name.StartsWith("nexus-build/"), "the build left its image");
    }

    /// <summary>Waits until the exporter has told of the last call.</summary>
    private Task TellTracesAsync() => Poll.UntilAsync(
        () => _traces.Text.Contains("/v1/traces", StringComparison.Ordinal) && _traces.Text.Contains("/v1/metrics", StringComparison.Ordinal),
        "traces and metrics to come");

    private async Task<IReadOnlyList<string>> LinesAsync(params IReadOnlyList<string> command) =>
        (await _engine.Cli.RunAsync(command)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static void ShouldBeClean(string text, string where)
    {
        foreach (var secret in new[] { Value, Token, Changed })
        {
            string[] forms = [secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), Convert.ToBase64String(Encoding.UTF8.GetBytes("x-access-token:" + secret)), Convert.ToHexString(Encoding.UTF8.GetBytes(secret))];
            foreach (var form in forms)
            {
                var at = text.IndexOf(form, StringComparison.OrdinalIgnoreCase);
                if (at >= 0) throw new Xunit.Sdk.XunitException($"{where} holds {form}: {text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)]}");
            }
        }
    }
}
