using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests.Uploads;

/// <summary>The whole path of a zip: curl sends it to one node, another builds and serves it, and both know it by the database alone.</summary>
public sealed class UploadStoryTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();

    [Fact]
    public async Task A_zipped_site_is_uploaded_with_curl_deployed_redeployed_and_answers()
    {
        var database = await (await postgres.GetAsync()).CreateDatabaseAsync();
        await using var front = await StartAsync(database, "auth,mcp");
        await using var back = await StartAsync(database, "worker,ingress");
        using var agent = new ServerAgent(front.BaseUrl);
        await agent.SignInAsync();
        ZipFile.CreateFromDirectory(Repository.At("tests", "samples", "static"), _folder.At("site.zip"));

        var receipt = await UploadAsync(front, agent.Token);
        var repoUrl = receipt.GetProperty("repoUrl").GetString();
        var plan = await agent.CallAsync("nexusai_deploy_source", new { repoUrl, name = "zipped", dryRun = true });
        await agent.CallAsync("nexusai_deploy_source", new { repoUrl, name = "zipped" });

        plan.GetProperty("plan").GetRawText().Should().Contain(repoUrl);
        (await agent.SettledStatusAsync("zipped")).Should().Be("RUNNING");
        await Poll.UntilAsync(async () => await VisitAsync(back) == HttpStatusCode.OK, "the site to answer through the ingress");
        (await agent.CallAsync("nexusai_deploy_logs", new { deploymentId = "zipped", type = "build" })).GetRawText()
            .Should().Contain($"The source is the upload {receipt.GetProperty("uploadId").GetString()}: 1 files");

        await agent.CallAsync("nexusai_deploy_redeploy", new { deploymentId = "zipped" });
        (await agent.SettledStatusAsync("zipped")).Should().Be("RUNNING");
        var status = await agent.CallAsync("nexusai_deploy_status", new { deploymentId = "zipped" });
        status.GetProperty("deployment").GetProperty("revision").GetInt32().Should().Be(2);
        status.GetProperty("rollout").GetRawText().Should().Contain("build_image", "it is built afresh");
        (await VisitAsync(back)).Should().Be(HttpStatusCode.OK);
        await ShouldBeNoEntranceAsync(back, agent.Token);
        await agent.CallAsync("nexusai_deploy_delete", new { deploymentId = "zipped" });
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<NexusServerProcess> StartAsync(string database, string roles) => await NexusServerProcess.StartAsync(new NexusServerOptions
    {
        Docker = await engines.GetAsync(),
        Variables = new Dictionary<string, string?>(ServerAgent.OwnerVariables)
        {
            ["Nexus__Database"] = database,
            ["Nexus__Roles"] = roles,
            ["Nexus__AppsDomain"] = "apps.test",
            ["ENCRYPTION_KEY"] = Convert.ToBase64String(new byte[32]),
        },
    });

    private async Task<JsonElement> UploadAsync(NexusServerProcess server, string token)
    {
        var sent = await Shell.RunAsync(new(
            Tool.Path("curl"), "-sS", "--fail-with-body", new Uri(server.BaseUrl, "/uploads").ToString(),
            "-H", $"Authorization: Bearer {token}", "-H", "Content-Type: application/zip", "--data-binary", $"@{_folder.At("site.zip")}"));
        return JsonSerializer.Deserialize<JsonElement>(sent.Required);
    }

    private async Task<HttpStatusCode> VisitAsync(NexusServerProcess server)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server.BaseUrl);
        request.Headers.Host = string.Create(CultureInfo.InvariantCulture, $"zipped.apps.test:{server.BaseUrl.Port}");
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Neither a server without the endpoint nor an application's host has it.</summary>
    private async Task ShouldBeNoEntranceAsync(NexusServerProcess server, string token)
    {
        foreach (var host in new[] { "localhost", "zipped.apps.test", "nothing.apps.test" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.BaseUrl, "/uploads")) { Content = new ByteArrayContent([1]) };
            request.Headers.Host = host;
            request.Headers.Authorization = new("Bearer", token);
            request.Content.Headers.ContentType = new("application/zip");
            using var response = await _http.SendAsync(request);
            ((int)response.StatusCode).Should().BeOneOf(404, 405);
        }
    }
}
