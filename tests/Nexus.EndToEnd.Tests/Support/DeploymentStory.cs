using System.Net;
using System.Text.Json;

namespace Nexus.EndToEnd.Tests.Support;

/// <summary>What an agent does with its deploy button: the whole life of a small application, seen from outside too.</summary>
internal sealed class DeploymentStory(Stage stage, IAgent agent)
{
    private const int Port = 8080;

    private readonly string _name = $"story-{Guid.NewGuid().ToString("N")[..8]}";

    private string Greeting => $"Hello from {_name}";

    public async Task PlayAsync()
    {
        (await agent.ListToolsAsync()).Should().Contain(["nexusai_deploy_create", "nexusai_deploy_status", "nexusai_deploy_delete"]);
        var url = await CreateAsync();
        await StatusBecomesAsync("RUNNING");
        (await stage.VisitAsync(url)).Should().Be(new AppAnswer(HttpStatusCode.OK, Greeting));
        await ReadLogsAsync();
        await StopAndStartAsync(url);
        await DeleteAsync(url);
    }

    private async Task<string> CreateAsync()
    {
        var change = await CallAsync("nexusai_deploy_create", new
        {
            image = "alpine:nexus-test",
            port = Port,
            name = _name,
            command = (string[])["sh", "-c", $"echo -n '{Greeting}' >/www/index.html; echo 'Serving {_name}'; exec httpd -f -p {Port} -h /www"],
        });
        var url = change.GetProperty("deployment").GetProperty("url").GetString()!;
        url.Should().Be($"http://{_name}.localhost:{stage.Server.BaseUrl.Port}");
        return url;
    }

    private async Task ReadLogsAsync()
    {
        var logs = await CallAsync("nexusai_deploy_logs", new { deploymentId = _name });
        logs.GetProperty("untrustedOutput").GetProperty("lines").GetRawText().Should().Contain($"Serving {_name}");
    }

    private async Task StopAndStartAsync(string url)
    {
        await CallAsync("nexusai_deploy_stop", new { deploymentId = _name });
        await StatusBecomesAsync("STOPPED");
        (await stage.VisitAsync(url)).Status.Should().Be(HttpStatusCode.ServiceUnavailable);

        await CallAsync("nexusai_deploy_start", new { deploymentId = _name });
        await StatusBecomesAsync("RUNNING");
        (await stage.VisitAsync(url)).Body.Should().Be(Greeting);
    }

    private async Task DeleteAsync(string url)
    {
        await CallAsync("nexusai_deploy_delete", new { deploymentId = _name });
        await Poll.UntilAsync(
            async () => (await stage.VisitAsync(url)).Status == HttpStatusCode.NotFound, $"nothing to answer at {url}");
        await Poll.UntilAsync(
            async () => (await agent.CallAsync("nexusai_deploy_status", new { deploymentId = _name })) is { IsError: true, ErrorCode: "DEPLOYMENT_NOT_FOUND" },
            $"{_name} to be gone");
    }

    private async Task StatusBecomesAsync(string status)
    {
        var report = await CallAsync("nexusai_deploy_status", new { deploymentId = _name, waitSeconds = 55 });
        report.GetProperty("deployment").GetProperty("status").GetString().Should().Be(status, "{0}", report);
    }

    private async Task<JsonElement> CallAsync(string tool, object arguments) => (await agent.CallAsync(tool, arguments)).Data;
}
