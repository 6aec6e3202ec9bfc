using System.Net;
using System.Text.Json;
using FluentAssertions;
using Nexus.Testing;
using Xunit;

namespace Nexus.Server.Tests.Domains;

/// <summary>The whole path: a real deployment, a real DNS, and visitors who know nothing but the domain.</summary>
public sealed class CustomDomainTests(Shared<DockerEngine> engines, Shared<DnsServer> names) : IDisposable
{
    private readonly HttpClient _http = new();

    [Fact]
    public async Task A_deployment_answers_at_a_domain_from_its_proof_to_its_removal()
    {
        var dns = await names.GetAsync();
        await using var server = await StartAsync(dns);
        using var agent = new ServerAgent(server.BaseUrl);
        await agent.SignInAsync();
        await DeployAsync(agent);

        var added = await agent.CallAsync("nexusai_domains_add", new { deploymentId = "shop", domain = "www.server-test.example" });
        var record = added.GetProperty("records")[0];
        await dns.AddAsync(Text(record, "name"), Text(record, "type"), Text(record, "value"));
        (await VisitAsync(server)).Should().NotContain("hello");

        var domain = new { deploymentId = "shop", domainId = Text(added, "id") };
        (await agent.CallAsync("nexusai_domains_verify", domain)).GetProperty("verified").GetBoolean().Should().BeTrue();
        await Poll.UntilAsync(async () => (await VisitAsync(server)).Contains("hello"), "the deployment to answer at its domain");

        await server.KillAsync();
        await server.StartAgainAsync();
        (await VisitAsync(server)).Should().Contain("hello");

        await agent.CallAsync("nexusai_domains_remove", domain);
        await Poll.UntilAsync(async () => !(await VisitAsync(server)).Contains("hello"), "the domain to be gone");
        await agent.CallAsync("nexusai_deploy_delete", new { deploymentId = "shop" });
    }

    public void Dispose() => _http.Dispose();

    private async Task<NexusServerProcess> StartAsync(DnsServer dns) => await NexusServerProcess.StartAsync(new NexusServerOptions
    {
        Docker = await engines.GetAsync(),
        Variables = new Dictionary<string, string?>(ServerAgent.OwnerVariables)
        {
            ["Nexus__AppsDomain"] = "apps.test",
            ["Nexus__Domains__Resolvers"] = string.Join(',', dns.Resolvers),
        },
    });

    private static async Task DeployAsync(ServerAgent agent)
    {
        await agent.CallAsync("nexusai_deploy_create", new
        {
            image = BaseImage.Busybox.Tags[1],
            port = 8000,
            name = "shop",
            command = new[] { "sh", "-c", "echo hello >/tmp/index.html; exec httpd -f -p 8000 -h /tmp" },
        });
        (await agent.SettledStatusAsync("shop")).Should().Be("RUNNING");
    }

    private async Task<string> VisitAsync(NexusServerProcess server)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(server.BaseUrl) { Host = IPAddress.Loopback.ToString() }.Uri);
        request.Headers.Host = "www.server-test.example";
        using var response = await _http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
