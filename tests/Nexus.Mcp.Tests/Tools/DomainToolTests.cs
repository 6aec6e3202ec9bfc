using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Deployments;
using Nexus.Mcp.Tests.Support;
using Nexus.Testing;

namespace Nexus.Mcp.Tests.Tools;

/// <summary>Custom domains as a client sees them, with a DNS that really answers.</summary>
public sealed class DomainToolTests(Shared<DnsServer> dns) : IAsyncLifetime
{
    private DnsServer _dns = null!;
    private McpServerFixture _server = null!;

    [Fact]
    public async Task A_domain_is_added_its_records_are_made_and_it_is_verified_and_removed()
    {
        var added = await _server.DoAsync("nexusai_domains_add", new { deploymentId = "web", domain = "Shop.mcp.example" });
        var record = added.GetProperty("records")[0];
        Strings(record, "type", "name", "value").Should().Equal("CNAME", "shop.mcp.example", "web.apps.test");
        var arguments = new { deploymentId = "web", domainId = added.GetProperty("id").GetString() };

        var early = await _server.DoAsync("nexusai_domains_verify", arguments);
        early.GetProperty("verified").GetBoolean().Should().BeFalse();
        early.GetProperty("advice")[0].GetString().Should().Contain("not visible yet");

        await _dns.AddAsync("shop.mcp.example", "CNAME", "web.apps.test");
        var verified = await _server.DoAsync("nexusai_domains_verify", arguments);
        verified.GetProperty("verified").GetBoolean().Should().BeTrue();
        Strings(verified.GetProperty("records")[0], "type", "name", "wanted").Should().Equal("CNAME", "shop.mcp.example", "web.apps.test");
        verified.GetProperty("records")[0].GetProperty("found")[0].GetString().Should().Be("web.apps.test");
        (await ListAsync())[0].GetProperty("verified").GetBoolean().Should().BeTrue();

        (await _server.DoAsync("nexusai_domains_remove", new { arguments.deploymentId, arguments.domainId, dryRun = true }))
            .GetProperty("plan")[0].GetProperty("before").GetString().Should().Be("shop.mcp.example");
        (await ListAsync()).GetArrayLength().Should().Be(1);
        await _server.DoAsync("nexusai_domains_remove", arguments);
        (await ListAsync()).GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task A_domain_at_its_registrys_edge_gets_an_address_and_a_token()
    {
        var added = await _server.DoAsync("nexusai_domains_add", new { deploymentId = "web", domain = "mcp-edge.example" });

        added.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("name").GetString())
            .Should().Equal("mcp-edge.example", "_nexus-challenge.mcp-edge.example");
    }

    [Fact]
    public async Task Refusals_name_the_argument()
    {
        var wildcard = await _server.FailAsync("nexusai_domains_add", new { deploymentId = "web", domain = "*.example.com" });
        var unknown = await _server.FailAsync("nexusai_domains_verify", new { deploymentId = "web", domainId = Guid.NewGuid() });
        var nowhere = await _server.FailAsync("nexusai_domains_list", new { deploymentId = "nowhere" });
        var denied = await _server.FailAsync(
            "nexusai_domains_add", new { deploymentId = "web", domain = "shop.example.com" }, await _server.JoinAsync(Role.Member));

        wildcard.Should().BeEquivalentTo(new { Code = "INVALID_DOMAIN", Field = "domain" });
        unknown.Should().BeEquivalentTo(new { Code = "DOMAIN_NOT_FOUND", Field = "domainId" });
        nowhere.Should().BeEquivalentTo(new { Code = "DEPLOYMENT_NOT_FOUND", Field = "deploymentId" });
        denied.Code.Should().Be("PERMISSION_DENIED");
    }

    public async ValueTask InitializeAsync()
    {
        _dns = await dns.GetAsync();
        _server = new()
        {
            Addresses = new("http://localhost:8080", "http://localhost:8080", "http://localhost:8080", "apps.test"),
            Domains = new() { Resolvers = _dns.Resolvers, PublicAddress = IPAddress.Parse("203.0.113.7") },
        };
        await _server.InitializeAsync();
        await _server.CallAsync("nexusai_deploy_create", new { image = "nginx:1.27", port = 80, name = "web" });
        await using var db = await _server.OpenDatabaseAsync();
        await db.Deployments.ExecuteUpdateAsync(set => set.SetProperty(deployment => deployment.Status, DeploymentStatus.Running));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static IEnumerable<string?> Strings(JsonElement element, params string[] names) =>
        names.Select(name => element.GetProperty(name).GetString());

    private async Task<JsonElement> ListAsync() =>
        (await _server.DoAsync("nexusai_domains_list", new { deploymentId = "web" })).GetProperty("domains");
}
