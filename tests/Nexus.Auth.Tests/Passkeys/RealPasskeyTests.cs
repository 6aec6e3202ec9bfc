using Microsoft.Playwright;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Passkeys;

/// <summary>Passkeys in Chromium, with its virtual authenticator.</summary>
public sealed class RealPasskeyTests(Shared<Browser> chromium) : IAsyncLifetime
{
    private AuthServer _server = null!;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        var port = LoopbackPort.Next();
        _server = await AuthServer.StartAsync(issuer: $"http://localhost:{port}", port: port);
        _page = await (await chromium.GetAsync()).NewPageAsync();
        var session = await _page.Context.NewCDPSessionAsync(_page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _page.Context.CloseAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_passkey_is_added_and_signs_in()
    {
        await AddAsync("My laptop");
        await SignOutAsync();
        await SignInWithPasskeyAsync("sign-in");
        await _page.ArrivesAtAsync("/account");
        await _page.GetByText("1 of your devices can sign you in").WaitForAsync();
    }

    [Fact]
    public async Task A_passkey_stands_for_password_and_code()
    {
        await AddAsync("My laptop");
        await Authenticator.SetUpAsync(_server, new PlainBrowser(_server));
        await SignInWithPasskeyAsync("sign-in");
        await _page.ArrivesAtAsync("/account");
    }

    [Fact]
    public async Task A_passkey_leads_back_to_the_client()
    {
        await AddAsync("My laptop");
        await SignOutAsync();
        var agent = await Agent.RegisterAsync(_server);
        await SignInWithPasskeyAsync(agent.AuthorizeUrl(("resource", null))[1..]);
        await _page.ArrivesAtAsync("/consent");
    }

    [Fact]
    public async Task A_removed_passkey_signs_nobody_in()
    {
        await AddAsync("My laptop");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Remove My laptop" }).ClickAsync();
        await _page.GetByText("The passkey is removed").WaitForAsync();
        await SignOutAsync();
        await SignInWithPasskeyAsync("sign-in");
        await _page.GetByText("That passkey isn't known here").WaitForAsync();
    }

    [Fact]
    public async Task An_answer_can_be_sent_once()
    {
        await AddAsync("My laptop");
        await SignOutAsync();
        string? sent = null;
        _page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("handler=Passkey")) sent = request.PostData;
        };
        await SignInWithPasskeyAsync("sign-in");
        await _page.ArrivesAtAsync("/account");
        sent.Should().Contain("credential=");
        var again = await _page.APIRequest.PostAsync(_server.Address.ToString().Replace("127.0.0.1", "localhost") + "sign-in?handler=Passkey", new()
        {
            Headers = new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded" },
            DataString = sent,
            MaxRedirects = 0,
        });
        again.Status.Should().Be(401);
    }

    [Fact]
    public async Task Where_there_are_no_passkeys_nothing_is_offered()
    {
        var context = await (await chromium.GetAsync()).Chromium.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(_server.Address + "sign-in");
        (await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).CountAsync()).Should().Be(0);
        await context.CloseAsync();
    }

    private async Task AddAsync(string name)
    {
        await GotoAsync("account/passkeys");
        await _page.GetByLabel("Email").FillAsync(AuthServer.OwnerEmail);
        await _page.GetByLabel("Password").FillAsync(AuthServer.OwnerPassword);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await _page.GetByLabel("Name").FillAsync(name);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await _page.GetByText("The passkey is added").WaitForAsync();
    }

    private async Task SignOutAsync()
    {
        await _page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await _page.ArrivesAtAsync("/sign-in");
    }

    private async Task SignInWithPasskeyAsync(string path)
    {
        await GotoAsync(path);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
    }

    private Task<IResponse?> GotoAsync(string path) => _page.GotoAsync(_server.Address.ToString().Replace("127.0.0.1", "localhost") + path);
}
