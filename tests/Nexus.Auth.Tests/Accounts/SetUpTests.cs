using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Accounts;

public sealed class SetUpTests(Shared<PostgresServer> postgres)
{
    private static readonly (string, string)[] Owner =
        [("Email", "grace@example.com"), ("Password", "nanosecond of wire"), ("Name", "Grace"), ("Organization", "Navy")];

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Whoever_has_the_link_becomes_the_owner_once(DatabaseKind kind)
    {
        await using var server = await StartAsync(await NewDatabase.OfAsync(kind, postgres));
        var link = await LinkAsync(server);
        link.Should().StartWith(AuthServer.Issuer + "/set-up?token=");
        var browser = new PlainBrowser(server);
        var done = await browser.SubmitAsync(await browser.GoAsync(new Uri(link!).PathAndQuery), Owner);
        done.Html.Should().Contain("This server is set up").And.Contain(AuthServer.Resource);

        (await LinkAsync(server)).Should().BeNull();
        (await browser.GoAsync(new Uri(link!).PathAndQuery)).Response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await FirstParty.LoginAsync(server.NewClient(), "grace@example.com", "nanosecond of wire")).Response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_two_at_once_one_becomes_the_owner()
    {
        await using var server = await StartAsync();
        var path = new Uri((await LinkAsync(server))!).PathAndQuery;
        var pages = await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            var browser = new PlainBrowser(server);
            return await browser.SubmitAsync(await browser.GoAsync(path), [("Email", $"person{i}@example.com"), .. Owner[1..]]);
        }));
        pages.Count(page => page.Html.Contains("This server is set up", StringComparison.Ordinal)).Should().Be(1);
        pages.Should().OnlyContain(page => (int)page.Response.StatusCode < 500);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=wrong")]
    public async Task Without_the_token_there_is_no_set_up(string query)
    {
        await using var server = await StartAsync();
        var page = await new PlainBrowser(server).GoAsync("/set-up" + query);
        page.Response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        page.Html.Should().NotContain("<form");
    }

    [Theory]
    [InlineData("Password", "short", "12")]
    [InlineData("Password", "", "Fill in every field")]
    [InlineData("Email", "not an address", "Email")]
    [InlineData("Name", "", "Fill in every field")]
    public async Task Bad_fields_are_told_and_can_be_mended(string name, string value, string problem)
    {
        await using var server = await StartAsync();
        var browser = new PlainBrowser(server);
        var page = await browser.GoAsync(new Uri((await LinkAsync(server))!).PathAndQuery);
        var refused = await browser.SubmitAsync(page, [.. Owner.Where(field => field.Item1 != name), (name, value)]);
        refused.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        refused.Html.Should().Contain(problem);
        (await browser.SubmitAsync(refused, Owner)).Html.Should().Contain("This server is set up");
    }

    [Fact]
    public async Task The_link_is_the_same_after_a_restart_and_on_every_node()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        (await LinkAsync(one)).Should().Be(await LinkAsync(other));
    }

    [Fact]
    public async Task An_owner_from_the_configuration_leaves_no_link()
    {
        await using var server = await AuthServer.StartAsync();
        (await LinkAsync(server)).Should().BeNull();
    }

    private static Task<AuthServer> StartAsync(Core.Storage.DatabaseOptions? database = null) =>
        AuthServer.StartAsync(options => options with { Owner = null }, database);

    private static Task<string?> LinkAsync(AuthServer server) =>
        server.Services.GetRequiredService<SetUpLink>().FindAsync(CancellationToken.None);
}
