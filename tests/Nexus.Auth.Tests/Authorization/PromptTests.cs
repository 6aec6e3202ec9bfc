using Nexus.Auth.Tests.Hosting;

namespace Nexus.Auth.Tests.Authorization;

public sealed class PromptTests : IAsyncLifetime
{
    private AuthServer _server = null!;
    private Agent _agent = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await AuthServer.StartAsync();
        _agent = await Agent.RegisterAsync(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task None_without_a_sign_in_is_login_required() =>
        new Answer((await GoAsync("none")).LeftFor!).Error.Should().Be("login_required");

    [Fact]
    public async Task None_without_a_consent_is_consent_required()
    {
        await _agent.SignInAsync(await _agent.Browser.GoAsync(_agent.AuthorizeUrl()));
        new Answer((await GoAsync("none")).LeftFor!).Error.Should().Be("consent_required");
    }

    [Fact]
    public async Task None_gives_a_code_when_nothing_has_to_be_asked()
    {
        await _agent.AuthorizeAsync();
        new Answer((await GoAsync("none")).LeftFor!).Code.Should().NotBeNull();
    }

    [Fact]
    public async Task Consent_asks_even_what_is_remembered()
    {
        await _agent.AuthorizeAsync();
        var page = await GoAsync("consent");
        page.Path.Should().Be("/consent");
        (await _agent.Browser.SubmitAsync(page, ("decision", "allow"))).LeftFor.Should().NotBeNull();
    }

    [Theory]
    [InlineData("login")]
    [InlineData("select_account")]
    [InlineData("login consent")]
    public async Task Login_asks_for_the_password_again_and_then_goes_on(string prompt)
    {
        await _agent.AuthorizeAsync();
        var page = await GoAsync(prompt);
        page.Path.Should().Be("/sign-in");
        page = await _agent.SignInAsync(page);
        if (prompt.Contains("consent", StringComparison.Ordinal)) page.Path.Should().Be("/consent");
        else new Answer(page.LeftFor!).Code.Should().NotBeNull();
    }

    [Theory]
    [InlineData(0, "/sign-in")]
    [InlineData(60, "/sign-in")]
    [InlineData(3600, null)]
    public async Task A_sign_in_older_than_max_age_is_not_enough(int seconds, string? expected)
    {
        await _agent.AuthorizeAsync();
        _server.Time.Advance(TimeSpan.FromMinutes(10));
        var page = await _agent.Browser.GoAsync(_agent.AuthorizeUrl(("max_age", $"{seconds}")));
        if (expected is null) page.LeftFor.Should().NotBeNull();
        else
        {
            page.Path.Should().Be(expected);
            (await _agent.SignInAsync(page)).LeftFor.Should().NotBeNull();
        }
    }

    private Task<Page> GoAsync(string prompt) => _agent.Browser.GoAsync(_agent.AuthorizeUrl(("prompt", prompt)));
}
