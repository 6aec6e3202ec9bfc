using System.Net;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.People;

public sealed class PeoplePageTests : IAsyncLifetime
{
    private AuthServer _server = null!;
    private PlainBrowser _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await AuthServer.StartAsync();
        _owner = new(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Somebody_new_joins_by_a_link_that_works_once()
    {
        var link = await Invitations.MakeAsync(_owner, "grace@example.com", "Member");
        var browser = new PlainBrowser(_server);
        var page = await browser.GoAsync(link);
        page.Html.Should().Contain("Engines").And.Contain("grace@example.com");
        page = await browser.SubmitAsync(page, Invitations.Grace);
        page.Path.Should().Be("/account");
        page.Html.Should().Contain("Member of").And.NotContain("/people");
        (await _owner.GoAsync("/people")).Html.Should().Contain("Grace").And.NotContain("Open invitations");
        (await FirstParty.LoginAsync(_server.NewClient(), "grace@example.com", Invitations.Password)).Response.StatusCode.Should().Be(HttpStatusCode.OK);

        var late = await new PlainBrowser(_server).GoAsync(link);
        late.Response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        late.Html.Should().Contain("This link is no good").And.NotContain("grace@example.com");
    }

    [Fact]
    public async Task Of_many_who_use_the_link_at_once_one_joins()
    {
        var link = await Invitations.MakeAsync(_owner, "grace@example.com", "Member");
        var pages = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            var browser = new PlainBrowser(_server);
            return await browser.SubmitAsync(await browser.GoAsync(link), Invitations.Grace);
        }));
        pages.Count(page => page.Path == "/account").Should().Be(1);
        pages.Should().OnlyContain(page => (int)page.Response.StatusCode < 500);
        (await _owner.GoAsync("/people")).Html.Split("Remove Grace").Should().HaveCount(2, "she is there once");
        (await FirstParty.LoginAsync(_server.NewClient(), "grace@example.com", Invitations.Password)).Response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Somebody_with_an_account_signs_in_and_accepts()
    {
        var grace = await Invitations.JoinAsync(_server, _owner);
        await RemoveAsync("Grace");
        var link = await Invitations.MakeAsync(_owner, "grace@example.com", "Auditor");
        var stranger = new PlainBrowser(_server);
        var refused = await stranger.SubmitAsync(await stranger.GoAsync(link), Invitations.Grace);
        refused.Html.Should().Contain("sign in with it instead");

        (await grace.GoAsync("/account")).Html.Should().Contain("ask an Owner or Admin for an invitation");
        var page = await grace.GoAsync(link);
        page = await grace.SubmitAsync(page.Form("Accept"));
        page.Html.Should().Contain("Auditor of");
    }

    [Fact]
    public async Task What_a_removed_person_had_allowed_stays_dead_when_they_come_back()
    {
        var grace = await Invitations.JoinAsync(_server, _owner);
        var agent = await Agent.RegisterAsync(_server);
        var tokens = await agent.ExchangeAsync(await AllowAsync(agent, grace));
        await RemoveAsync("Grace");
        var page = await grace.GoAsync(await Invitations.MakeAsync(_owner, "grace@example.com", "Member"));
        await grace.SubmitAsync(page.Form("Accept"));

        (await agent.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_grant");
        await Poll.UntilAsync(
            async () => (await _server.AccessTokens.ValidateAsync(tokens.AccessToken, default)).Grant is null, "the access token to be dead");
        (await agent.ExchangeAsync(await AllowAsync(agent, grace))).Error.Should().BeNull("she is asked anew, and allows anew");
    }

    [Fact]
    public async Task The_link_leads_through_the_sign_in()
    {
        await Invitations.JoinAsync(_server, _owner);
        await RemoveAsync("Grace");
        var link = await Invitations.MakeAsync(_owner, "grace@example.com", "Member");
        var browser = new PlainBrowser(_server);
        var page = await browser.GoAsync("/sign-in?return=" + Uri.EscapeDataString(link));
        page = await browser.SubmitAsync(page, ("Email", "grace@example.com"), ("Password", Invitations.Password));
        page.Url.Should().Be(link);
        page.Html.Should().Contain("Join");
    }

    [Fact]
    public async Task An_invitation_is_not_for_whoever_is_signed_in()
    {
        var link = await Invitations.MakeAsync(_owner, "grace@example.com", "Member");
        var page = await _owner.GoAsync(link);
        page.Html.Should().Contain("This invitation is for another address");
        var forced = await _owner.SubmitAsync(page.Form("Use another account") with { Url = link + "&handler=Accept", Html = page.Html.Replace("handler=SignOut", "handler=Accept") });
        forced.Html.Should().Contain("This invitation is for grace@example.com");
        (await _owner.SubmitAsync(page.Form("Use another account"))).Path.Should().Be("/sign-in");
    }

    [Theory]
    [InlineData("?token=")]
    [InlineData("")]
    [InlineData("?token=made-up")]
    public async Task A_made_up_link_says_nothing(string query)
    {
        var page = await new PlainBrowser(_server).GoAsync("/join" + query);
        page.Response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        page.Html.Should().NotContain("<form").And.NotContain("Engines");
    }

    [Fact]
    public async Task A_link_ends_after_seven_days_or_when_it_is_taken_back()
    {
        var old = await Invitations.MakeAsync(_owner, "old@example.com", "Member");
        _server.Time.Advance(TimeSpan.FromDays(7));
        (await new PlainBrowser(_server).GoAsync(old)).Response.StatusCode.Should().Be(HttpStatusCode.NotFound);

        var link = await Invitations.MakeAsync(_owner, "grace@example.com", "Member");
        var page = await _owner.GoAsync("/people");
        page.Html.Should().Contain("grace@example.com").And.NotContain("old@example.com");
        (await _owner.SubmitAsync(page.Form("Take back"))).Html.Should().Contain("is taken back");
        (await new PlainBrowser(_server).GoAsync(link)).Response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_removed_person_gets_no_further_tokens()
    {
        var browser = await Invitations.JoinAsync(_server, _owner);
        var agent = await Agent.RegisterAsync(_server);
        var page = await browser.SubmitAsync(await browser.GoAsync(agent.AuthorizeUrl()), ("decision", "allow"));
        var tokens = await agent.ExchangeAsync(new Answer(page.LeftFor!).Code!);
        await RemoveAsync("Grace");
        (await agent.RefreshAsync(tokens.RefreshToken)).Error.Should().Be("invalid_grant");
        new Answer((await browser.GoAsync(agent.AuthorizeUrl())).LeftFor!).Error.Should().Be("access_denied");
    }

    [Fact]
    public async Task A_changed_role_counts_at_once()
    {
        var browser = await Invitations.JoinAsync(_server, _owner);
        (await browser.GoAsync("/people")).Response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        var page = await _owner.GoAsync("/people");
        page = await _owner.SubmitAsync(page.Form("Change role of Grace"), ("role", "Admin"));
        page.Html.Should().Contain("Grace is an Admin now");

        var admins = await browser.GoAsync("/people");
        admins.Html.Should().Contain("Remove Grace").And.NotContain("Remove Ada", "an Admin touches no Owner");
        admins.Html.Should().NotContain("<option value=\"Owner\"");
    }

    [Fact]
    public async Task What_the_core_refuses_is_said_on_the_page()
    {
        var page = await _owner.SignInAsync("/people");
        var refused = await _owner.SubmitAsync(page.Form("Remove Ada"));
        refused.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        refused.Html.Should().Contain("last Owner");
        refused = await _owner.SubmitAsync(page.Form("Make invitation"), ("email", "nonsense"), ("role", "Member"));
        refused.Html.Should().Contain("not an e-mail address");
        refused = await _owner.SubmitAsync(page.Form("Change role of Ada"), ("role", "Emperor"));
        refused.Html.Should().Contain("Choose one of the roles");
    }

    [Theory]
    [InlineData("Password", "short", "12 characters")]
    [InlineData("Name", "", "Fill in every field")]
    public async Task Bad_fields_are_told_and_can_be_mended(string field, string value, string problem)
    {
        var link = await Invitations.MakeAsync(_owner, "grace@example.com", "Member");
        var browser = new PlainBrowser(_server);
        var page = await browser.SubmitAsync(await browser.GoAsync(link), [.. Invitations.Grace.Where(one => one.Name != field), (field, value)]);
        page.Html.Should().Contain(problem);
        (await browser.SubmitAsync(page, Invitations.Grace)).Path.Should().Be("/account");
    }

    [Fact]
    public async Task The_links_secret_is_in_no_log()
    {
        var link = await Invitations.MakeAsync(_owner, "grace@example.com", "Member");
        await new PlainBrowser(_server).GoAsync(link);
        _server.Log.Text.Should().NotContain(link.Split("token=")[1]);
    }

    private static async Task<string> AllowAsync(Agent agent, PlainBrowser browser)
    {
        var page = await browser.GoAsync(agent.AuthorizeUrl());
        page.Path.Should().Be("/consent");
        return new Answer((await browser.SubmitAsync(page, ("decision", "allow"))).LeftFor!).Code!;
    }

    private async Task RemoveAsync(string name) =>
        await _owner.SubmitAsync((await _owner.GoAsync("/people")).Form("Remove " + name));
}
