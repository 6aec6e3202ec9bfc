using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Storage;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Attacks;

/// <summary>Clients that register to do harm.</summary>
public sealed class HostileClientTests(Shared<AuthServer> shared)
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("{{7*7}} ${7*7} &lt;b&gt;")]
    [InlineData("\u202Eevil\u202C name")]
    public async Task Markup_in_a_name_is_shown_as_text(string name)
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync(), metadata => metadata["client_name"] = name);
        var signIn = await agent.Browser.GoAsync(agent.AuthorizeUrl());
        var consent = await agent.SignInAsync(signIn);
        consent.Path.Should().Be("/consent");
        foreach (var page in new[] { signIn, consent })
        {
            page.Html.Should().NotContain("<script>", "our own has a source").And.NotContain("<img").And.NotContain("<b>");
            WebUtility.HtmlDecode(page.Html).Should().Contain(name);
        }
    }

    [Fact]
    public async Task Addresses_in_a_registration_are_never_visited()
    {
        await using var site = await DocumentSite.StartAsync();
        await using var server = await AuthServer.StartAsync(outbound: site.Outbound);
        string[] members = ["logo_uri", "client_uri", "tos_uri", "policy_uri", "sector_identifier_uri", "initiate_login_uri"];
        var agent = await Agent.RegisterAsync(server, metadata =>
        {
            foreach (var member in members) metadata[member] = site.UrlOf("/" + member);
            metadata["request_uris"] = new JsonArray(site.UrlOf("/request"));
        });
        var page = await agent.SignInAsync(await agent.Browser.GoAsync(agent.AuthorizeUrl()));
        page.Html.Should().NotContain("logo_uri", "nor does the person's browser go there");
        await agent.AuthorizeAsync();
        foreach (var member in members) site.VisitsOf("/" + member).Should().Be(0);
        site.VisitsOf("/request").Should().Be(0);
    }

    [Fact]
    public async Task Ten_thousand_registrations_from_one_address_leave_twenty()
    {
        await using var server = await AuthServer.StartAsync(options => options with { RegistrationsPerMinute = 20 });
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();
        var http = server.NewClient();
        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, cancellationToken) =>
        {
            using var response = await http.PostAsJsonAsync("/register", Agent.Metadata(), cancellationToken);
            statuses.AddOrUpdate(response.StatusCode, 1, (_, count) => count + 1);
        });
        statuses.Keys.Should().BeEquivalentTo([HttpStatusCode.Created, HttpStatusCode.TooManyRequests]);

        await using var db = await server.Services.GetRequiredService<IDbContextFactory<AuthDbContext>>().CreateDbContextAsync();
        var clients = await db.Clients.CountAsync();
        clients.Should().Be(statuses[HttpStatusCode.Created]);
        clients.Should().BeLessThanOrEqualTo(60, "the window slides while they come");
    }

    [Theory]
    [InlineData("http://127.0.0.1:3000/callback", "http://127.0.0.1:51234/callback")]
    [InlineData("http://localhost:3000/callback", "http://localhost:51234/callback")]
    [InlineData("http://[::1]/callback", "http://[::1]:51234/callback")]
    public async Task The_port_of_this_computer_is_free_and_nothing_else(string registered, string asked)
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync(), metadata => metadata["redirect_uris"] = new JsonArray(registered));
        (await agent.AuthorizeAsync(("redirect_uri", asked))).Uri.OriginalString.Should().StartWith(asked + "?");
        foreach (var other in new[] { asked + "/other", asked.Replace("http:", "https:", StringComparison.Ordinal), asked + "?a=1" })
            (await agent.Browser.GoAsync(agent.AuthorizeUrl(("redirect_uri", other)))).LeftFor.Should().BeNull(other);
    }
}
