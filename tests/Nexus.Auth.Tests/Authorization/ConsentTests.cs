using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Auth.Tests.Hosting;
using Nexus.Core.Access;
using Nexus.Core.Storage;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Authorization;

public sealed class ConsentTests(Shared<AuthServer> shared)
{
    [Fact]
    public async Task The_page_says_who_asks_where_the_answer_goes_and_what_it_could_do()
    {
        var (_, page) = await AskAsync();
        page.Path.Should().Be("/consent");
        page.Html.Should().ContainAll(
            "my-mcp-client", "unverified", "client.example", AuthServer.OwnerEmail, "Engines",
            Scopes.Descriptions[Scopes.DeploymentsCreate], "deployments:logs", ">Allow<", ">Deny<");
    }

    [Fact]
    public async Task Deny_tells_the_client_so()
    {
        var (agent, page) = await AskAsync();
        var answer = new Answer((await agent.Browser.SubmitAsync(page, ("decision", "deny"))).LeftFor!);
        answer.Error.Should().Be("access_denied");
        answer["state"].Should().Be("state-123");
        answer["iss"].Should().Be(AuthServer.Issuer);
    }

    [Fact]
    public async Task What_is_unticked_is_not_granted()
    {
        var (agent, page) = await AskAsync();
        var left = await agent.Browser.SubmitAsync(page, ("decision", "allow"), ("granted", "deployments:read"));
        var tokens = await agent.ExchangeAsync(new Answer(left.LeftFor!).Code!);
        tokens.Text("scope").Should().Be("deployments:read");
    }

    [Fact]
    public async Task Scopes_that_were_not_asked_for_can_not_be_ticked()
    {
        var (agent, page) = await AskAsync(("scope", "deployments:read"));
        var left = await agent.Browser.SubmitAsync(page, ("decision", "allow"), ("granted", "deployments:read"), ("granted", "deployments:delete"));
        var tokens = await agent.ExchangeAsync(new Answer(left.LeftFor!).Code!);
        tokens.Text("scope").Should().Be("deployments:read");
    }

    [Fact]
    public async Task With_nothing_ticked_the_page_asks_again()
    {
        var (agent, page) = await AskAsync();
        var again = await agent.Browser.SubmitAsync(page, ("decision", "allow"), ("granted", "nothing-of-it"));
        again.LeftFor.Should().BeNull();
        again.Html.Should().Contain("Leave at least one tick");
        (await agent.Browser.SubmitAsync(again, ("decision", "allow"))).LeftFor.Should().NotBeNull();
    }

    [Fact]
    public async Task Consent_is_remembered_for_the_same_scopes_and_fewer()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        (await agent.AuthorizeAsync()).Code.Should().NotBeNull();
        (await agent.Browser.GoAsync(agent.AuthorizeUrl())).LeftFor.Should().NotBeNull();
        (await agent.Browser.GoAsync(agent.AuthorizeUrl(("scope", "deployments:read")))).LeftFor.Should().NotBeNull();
    }

    [Fact]
    public async Task More_scopes_than_remembered_are_asked_for()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        (await agent.AuthorizeAsync(("scope", "deployments:read"))).Code.Should().NotBeNull();
        (await agent.Browser.GoAsync(agent.AuthorizeUrl())).Path.Should().Be("/consent");
    }

    [Fact]
    public async Task Another_client_is_asked_about_anew()
    {
        var server = await shared.GetAsync();
        var agent = await Agent.RegisterAsync(server);
        (await agent.AuthorizeAsync()).Code.Should().NotBeNull();
        var other = await Agent.RegisterAsync(server);
        (await agent.Browser.GoAsync(other.AuthorizeUrl())).Path.Should().Be("/consent");
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var (agent, page) = await AskAsync();
        var forged = await agent.Browser.SubmitAsync(page, ("decision", "allow"), ("__RequestVerificationToken", "forged"));
        forged.LeftFor.Should().BeNull();
        forged.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_form_from_another_browser_is_refused()
    {
        var (_, page) = await AskAsync();
        var (other, _) = await AskAsync();
        var stolen = await other.Browser.SubmitAsync(page, ("decision", "allow"));
        stolen.LeftFor.Should().BeNull();
    }

    [Fact]
    public async Task A_form_can_not_carry_another_redirect_URI()
    {
        var (agent, page) = await AskAsync();
        var forged = await agent.Browser.SubmitAsync(page, ("decision", "allow"), ("redirect_uri", "https://evil.example/"));
        forged.LeftFor.Should().BeNull();
    }

    [Fact]
    public async Task Without_a_sign_in_the_page_leads_to_it()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        (await agent.Browser.GoAsync("/consent?" + agent.Query())).Path.Should().Be("/sign-in");
    }

    [Fact]
    public async Task Script_in_a_clients_name_is_only_text()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync(), metadata => metadata["client_name"] = "<script>alert(1)</script>");
        var page = await agent.SignInAsync(await agent.Browser.GoAsync(agent.AuthorizeUrl()));
        page.Html.Should().NotContain("<script>").And.Contain("&lt;script&gt;");
    }

    [Fact]
    public async Task A_person_is_not_offered_what_their_role_can_not_use()
    {
        await using var server = await AuthServer.StartAsync();
        await using (var db = await server.Services.GetRequiredService<IDbContextFactory<NexusDbContext>>().CreateDbContextAsync())
            await db.Members.ExecuteUpdateAsync(set => set.SetProperty(member => member.Role, Role.Auditor));
        var agent = await Agent.RegisterAsync(server);
        var tokens = await agent.ConnectAsync();
        tokens.Text("scope").Should().Be("deployments:read deployments:logs");
        var answer = await agent.AuthorizeAsync(("scope", "deployments:create"));
        answer.Error.Should().Be("invalid_scope");
    }

    [Fact]
    public async Task A_client_may_ask_for_more_than_it_registered_and_the_person_decides()
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync(), metadata => metadata["scope"] = "deployments:read");
        (await agent.ConnectAsync()).Text("scope").Should().Be(Agent.AllScopes);
    }

    [Theory]
    [InlineData("deployments:read deployments:logs", "deployments:read deployments:logs")]
    [InlineData(null, "deployments:read")]
    public async Task Without_scopes_a_request_means_the_registered_ones_or_reading(string? registered, string granted)
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync(), metadata => metadata["scope"] = registered);
        (await agent.ConnectAsync(("scope", null))).Text("scope").Should().Be(granted);
    }

    private async Task<(Agent Agent, Page Page)> AskAsync(params (string Name, string? Value)[] changes)
    {
        var agent = await Agent.RegisterAsync(await shared.GetAsync());
        return (agent, await agent.SignInAsync(await agent.Browser.GoAsync(agent.AuthorizeUrl(changes))));
    }
}
