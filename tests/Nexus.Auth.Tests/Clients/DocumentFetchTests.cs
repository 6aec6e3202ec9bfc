using System.Net;
using Microsoft.AspNetCore.Http;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Clients;

/// <summary>How metadata documents are fetched: from where, how much, how long, how often.</summary>
public sealed class DocumentFetchTests : IAsyncLifetime
{
    private DocumentBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await DocumentBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _bench.Site.Serve("/client.json", http =>
        {
            http.Response.Redirect("/other.json");
            return Task.CompletedTask;
        });
        await _bench.RefusedAsync(_bench.Site.UrlOf("/client.json"), "it redirects");
        _bench.Site.VisitsOf("/other.json").Should().Be(0);
    }

    [Fact]
    public async Task A_huge_document_is_refused()
    {
        await _bench.RefusedAsync(_bench.Site.ServeClient("/client.json", document => document["x_padding"] = new string('a', 5 * 1024)), "longer than 5120 bytes");
        _bench.Site.Serve("/endless", async http =>
        {
            http.Response.ContentType = "application/json";
            var chunk = new byte[8192];
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(chunk);
        });
        await _bench.RefusedAsync(_bench.Site.UrlOf("/endless"), "longer than 5120 bytes");
    }

    [Fact]
    public async Task A_slow_document_is_given_up()
    {
        _bench.Site.Serve("/silent", http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        _bench.Site.Serve("/dripping", async http =>
        {
            http.Response.ContentType = "application/json";
            for (var i = 0; !http.RequestAborted.IsCancellationRequested; i++)
            {
                await http.Response.WriteAsync(" ");
                await http.Response.Body.FlushAsync();
                await Task.Delay(100, http.RequestAborted);
            }
        });
        await Task.WhenAll(
            _bench.RefusedAsync(_bench.Site.UrlOf("/silent"), "longer than 3 seconds"), _bench.RefusedAsync(_bench.Site.UrlOf("/dripping"), "longer than 3 seconds"));
    }

    [Theory]
    [InlineData("https://127.0.0.1/client.json")]
    [InlineData("https://2130706433/client.json")]
    [InlineData("https://[::1]/client.json")]
    [InlineData("https://[::ffff:127.0.0.1]/client.json")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.0.0.1/client.json")]
    public async Task Addresses_of_this_machine_and_network_are_not_visited(string url) => await _bench.RefusedAsync(url, "an address that is not public");

    [Fact]
    public async Task A_name_of_this_machine_is_not_visited_unless_the_operator_allows_it()
    {
        await using var server = await AuthServer.StartAsync();
        var agent = _bench.AgentOf(_bench.Site.ServeClient("/client.json"), server);
        (await agent.Browser.GoAsync(agent.AuthorizeUrl())).Html.Should().Contain("an address that is not public");
        _bench.Site.VisitsOf("/client.json").Should().Be(0);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_not_trusted()
    {
        await using var server = await AuthServer.StartAsync(outbound: _bench.Site.Outbound with { AuthoritiesFile = null });
        var agent = _bench.AgentOf(_bench.Site.ServeClient("/client.json"), server);
        (await agent.Browser.GoAsync(agent.AuthorizeUrl())).Html.Should().Contain("certificate is not trusted");
    }

    [Fact]
    public async Task One_address_can_have_only_so_many_fetched_in_a_minute()
    {
        await using var server = await AuthServer.StartAsync(
            options => options with { DocumentFetchesPerMinute = 2 }, outbound: _bench.Site.Outbound);
        for (var i = 0; i < 2; i++) await _bench.RefusedAsync(_bench.Site.UrlOf($"/{i}"), "answered 404", server);
        await _bench.RefusedAsync(_bench.Site.UrlOf("/3"), "too many metadata documents", server);
        _bench.Site.VisitsOf("/3").Should().Be(0);
        await _bench.RefusedAsync(_bench.Site.UrlOf("/0"), "answered 404", server);
    }

    [Fact]
    public async Task Requests_at_once_fetch_it_once_and_a_failure_counts_for_a_while()
    {
        var gate = new TaskCompletionSource();
        var url = _bench.Site.UrlOf("/client.json");
        _bench.Site.Serve("/client.json", async http =>
        {
            await gate.Task;
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        });
        var pages = Enumerable.Range(0, 10).Select(_ => _bench.AgentOf(url)).Select(agent => agent.Browser.GoAsync(agent.AuthorizeUrl())).ToList();
        await Poll.UntilAsync(() => _bench.Site.VisitsOf("/client.json") > 0, "the first fetch");
        gate.SetResult();
        foreach (var page in await Task.WhenAll(pages)) page.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        _bench.Site.VisitsOf("/client.json").Should().Be(1);

        _bench.Site.ServeClient("/client.json");
        await _bench.RefusedAsync(url, "its server answered 500");
        _bench.Server.Time.Advance(TimeSpan.FromSeconds(31));
        (await _bench.AgentOf(url).ConnectAsync()).AccessToken.Should().NotBeEmpty();
    }
}
