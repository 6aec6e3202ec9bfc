using System.Net;
using System.Text.RegularExpressions;
using Nexus.Auth.Tests.Hosting;

namespace Nexus.Auth.Tests.People;

public sealed partial class ServiceAccountsPageTests : IAsyncLifetime
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
    public async Task One_is_made_and_its_secret_is_shown_once()
    {
        var (page, id, secret) = await CreateAsync("build server");
        page.Html.Should().Contain("build server").And.Contain("Deployment manager");
        var stored = await Stored.ClientAsync(_server, id);
        stored.ServiceAccountId.Should().NotBeNull();
        stored.ClientSecret.Should().NotBe(secret, "only a hash is kept");
        (await _owner.GoAsync("/service-accounts")).Html.Should().Contain(id).And.NotContain(secret);
        _server.Log.Text.Should().NotContain(secret);
    }

    [Fact]
    public async Task Its_program_gets_tokens_until_it_is_deleted()
    {
        var (page, id, secret) = await CreateAsync("build server");
        var tokens = await TokenAsync(id, secret);
        tokens.Text("scope").Should().Be("deployments:create");
        (await _server.AccessTokens.ValidateAsync(tokens.AccessToken, default)).Grant.Should().NotBeNull();
        await _owner.SubmitAsync(page.Form("Delete"));
        await RevokedTokens.ExpectAsync(_server, tokens.AccessToken);
        (await TokenAsync(id, secret)).Error.Should().Be("invalid_client");
    }

    [Fact]
    public async Task A_new_secret_replaces_the_old_one()
    {
        var (page, id, secret) = await CreateAsync("build server");
        var rotated = Credentials(await _owner.SubmitAsync(page.Form("New secret")));
        rotated.Id.Should().Be(id);
        (await TokenAsync(id, secret)).Error.Should().Be("invalid_client");
        (await TokenAsync(id, rotated.Secret)).Error.Should().BeNull();
    }

    [Fact]
    public async Task A_deleted_one_leaves_no_client()
    {
        var (page, id, _) = await CreateAsync("build server");
        (await _owner.SubmitAsync(page.Form("Delete"))).Html.Should().Contain("build server is deleted").And.NotContain(id);
        await FluentActions.Awaiting(() => Stored.ClientAsync(_server, id)).Should().ThrowAsync<InvalidOperationException>();
    }

    [Theory]
    [InlineData("Owner", "deployments:read", "be an Owner")]
    [InlineData("Auditor", "deployments:delete", "only scopes that the role")]
    [InlineData("Member", "openid", "only scopes that the role")]
    public async Task What_it_may_not_have_is_refused(string role, string scope, string problem)
    {
        var page = await _owner.SignInAsync("/service-accounts");
        page = await _owner.SubmitAsync(page.Form("Create"), ("name", "ci"), ("role", role), ("granted", scope));
        page.Response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        WebUtility.HtmlDecode(page.Html).Should().Contain(problem);
        (await _owner.GoAsync("/service-accounts")).Html.Should().NotContain("New secret");
    }

    [Fact]
    public async Task Secrets_take_a_recent_sign_in()
    {
        var (page, _, _) = await CreateAsync("build server");
        _server.Time.Advance(TimeSpan.FromMinutes(11));
        (await _owner.SubmitAsync(page.Form("New secret"))).Path.Should().Be("/sign-in");
        (await _owner.GoAsync("/service-accounts")).Path.Should().Be("/service-accounts", "looking takes none");
    }

    [Fact]
    public async Task Members_see_none()
    {
        await CreateAsync("build server");
        var grace = await Invitations.JoinAsync(_server, _owner);
        var page = await grace.GoAsync("/service-accounts");
        page.Response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        page.Html.Should().Contain("not for your role").And.NotContain("build server");
    }

    private async Task<TokenAnswer> TokenAsync(string id, string secret) => await TokenAnswer.ReadAsync(await _server.NewClient().PostAsync(
        "/oauth/token", Agent.Form(("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret))));

    private async Task<(Page Page, string Id, string Secret)> CreateAsync(string name)
    {
        var page = await _owner.SignInAsync("/service-accounts");
        page = await _owner.SubmitAsync(page.Form("Create"), ("name", name), ("role", "DeploymentManager"), ("granted", "deployments:create"));
        var (id, secret) = Credentials(page);
        return (page, id, secret);
    }

    private static (string Id, string Secret) Credentials(Page page)
    {
        var shown = Shown().Matches(page.Html).Select(match => match.Groups[1].Value).ToList();
        shown.Should().HaveCount(2, page.Html);
        return (shown[0], shown[1]);
    }

    [GeneratedRegex("<code class=\"secret\">([^<]+)</code>")]
    private static partial Regex Shown();
}
