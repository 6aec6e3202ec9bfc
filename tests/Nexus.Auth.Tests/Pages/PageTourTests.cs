using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Nexus.Auth.Authorization;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Pages;

/// <summary>
/// Every page and state in Chromium: wide and as narrow as a phone gets, light and dark. With NEXUS_SCREENSHOTS set to a folder,
/// leaves pictures there for people to look at.
/// </summary>
public sealed class PageTourTests(Shared<Browser> chromium) : IAsyncLifetime
{
    private const string LongName = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft";

    private static readonly string? Pictures = Environment.GetEnvironmentVariable("NEXUS_SCREENSHOTS");

    private readonly List<string> _complaints = [];
    private AuthServer _server = null!;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await StartAsync(options => options);
        _page = await (await chromium.GetAsync()).NewPageAsync();
        _page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("the server responded with a status")) _complaints.Add(message.Text);
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _page.Context.CloseAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Signing_in_and_consenting()
    {
        await GoAsync("sign-in");
        await LookAsync("sign-in");
        await SignInAsync("wrong password");
        await LookAsync("sign-in-refused");

        var agent = await Agent.RegisterAsync(_server, metadata =>
        {
            metadata["client_name"] = new string('W', 200);
            metadata["client_uri"] = "https://a-rather-long-subdomain.of-some-tools.example/about";
            metadata["scope"] = string.Join(' ', OfferedScopes.All);
        });
        await GoAsync(agent.AuthorizeUrl(("resource", null), ("scope", string.Join(' ', OfferedScopes.All)))[1..]);
        await LookAsync("sign-in-for-a-client");
        await SignInAsync();
        await LookAsync("consent");
        await GoAsync("oauth/authorize?client_id=nobody");
        await LookAsync("problem");
        await GoAsync("oauth/errors");
        await LookAsync("errors");
        await GoAsync("join?token=made-up");
        await LookAsync("link-is-no-good");
    }

    [Fact]
    public async Task The_own_account()
    {
        for (var i = 0; i < 6; i++) await ConnectAsync(i);
        await GoAsync("account");
        await SignInAsync();
        await LookAsync("account");
        await GoAsync("account/passkeys");
        await LookAsync("passkeys");
        await GoAsync("account/two-factor");
        await LookAsync("two-factor-set-up");
        var secret = (await _page.Locator("code.secret").InnerTextAsync()).Replace(" ", "");
        await _page.GetByLabel("Code", new() { Exact = true }).FillAsync(Authenticator.CodeOf(_server, secret));
        await Press("Turn on").ClickAsync();
        await LookAsync("recovery-codes");
        await GoAsync("account/two-factor");
        await LookAsync("two-factor-on");
        await Press("Sign out").ClickAsync();
        await SignInAsync();
        await LookAsync("code-step");
        await _page.GetByLabel("Code", new() { Exact = true }).FillAsync("000000");
        await Press("Continue").ClickAsync();
        await LookAsync("code-step-refused");
    }

    [Fact]
    public async Task Connecting_a_device()
    {
        await GoAsync("device");
        await LookAsync("device");
        var agent = await Agent.RegisterAsync(_server, metadata => metadata["grant_types"] = new JsonArray(DeviceClient.Grant));
        var device = await DeviceClient.StartAsync(_server, agent, ("resource", null));
        await GoAsync("device?user_code=" + device.UserCode);
        await SignInAsync();
        await LookAsync("device-question");
        await Press("Allow").ClickAsync();
        await LookAsync("device-connected");
    }

    [Fact]
    public async Task Managing_people_and_programs()
    {
        var owner = new PlainBrowser(_server);
        var join = new PlainBrowser(_server);
        await join.SubmitAsync(await join.GoAsync(await Invitations.MakeAsync(owner, "grace@example.com", "Admin")), ("Name", LongName), ("Password", Invitations.Password));
        var link = await Invitations.MakeAsync(owner, $"{LongName}@a-rather-long-domain.example.com", "BillingManager");
        await GoAsync(link[1..]);
        await LookAsync("join");
        await GoAsync("people");
        await SignInAsync();
        await LookAsync("people");
        await MemberAsync(owner);
        await GoAsync("people");
        await _page.GetByText("More rights…").ClickAsync();
        await LookAsync("people-more-rights");
        await GoAsync("projects");
        await _page.GetByLabel("Name", new() { Exact = true }).FillAsync(LongName);
        await Press("Create project").ClickAsync();
        await LookAsync("projects");
        await _page.GetByText("Rename…").First.ClickAsync();
        await LookAsync("projects-renaming");
        await GoAsync("people");
        await _page.GetByLabel("Email").FillAsync("joan@example.com");
        await Press("Make invitation").ClickAsync();
        await LookAsync("invitation");
        await GoAsync(link[1..]);
        await LookAsync("join-with-another-account");
        await GoAsync("service-accounts");
        await LookAsync("service-accounts-none");
        await _page.GetByLabel("Name").FillAsync("build server");
        await Press("Create").ClickAsync();
        await LookAsync("service-account-made");
    }

    [Fact]
    public async Task The_first_start()
    {
        await _server.DisposeAsync();
        _server = await StartAsync(options => options with { Owner = null });
        var link = (await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions
            .GetRequiredService<SetUpLink>(_server.Services).FindAsync(default))!;
        await _page.GotoAsync(link);
        await LookAsync("set-up");
        await _page.GetByLabel("Email").FillAsync("grace@example.com");
        await _page.GetByLabel("Password").FillAsync(Invitations.Password);
        await _page.GetByLabel("Your name").FillAsync("Grace");
        await _page.GetByLabel("Organisation").FillAsync("Navy");
        await Press("Create owner").ClickAsync();
        await LookAsync("set-up-done");
    }

    /// <summary>What holds for every page, at every width and in both colour schemes.</summary>
    private async Task LookAsync(string name)
    {
        foreach (var width in new[] { 1280, 320 })
        {
            await _page.SetViewportSizeAsync(width, 720);
            (await _page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width, $"{name} fits");
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await _page.EmulateMediaAsync(new() { ColorScheme = scheme });
                if (Pictures is not null)
                    await _page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{width}-{scheme}.png"), FullPage = true });
            }
        }

        (await _page.Locator("h1").CountAsync()).Should().Be(1, $"{name} has one title");
        (await _page.Locator("html[lang=en] main").CountAsync()).Should().Be(1, name);
        (await _page.EvaluateAsync<string[]>(UnnamedFields)).Should().BeEmpty($"{name}: every field has a name for screen readers");
        _complaints.Should().BeEmpty($"{name} breaks no policy of its own");
    }

    private const string UnnamedFields = """
        [...document.querySelectorAll("input:not([type=hidden]), select, button")]
          .filter(field => !field.labels?.length && !field.getAttribute("aria-label") && !field.textContent.trim())
          .map(field => field.outerHTML)
        """;

    private async Task ConnectAsync(int number)
    {
        var agent = await Agent.RegisterAsync(_server, metadata =>
        {
            metadata["client_name"] = number == 0 ? LongName : $"Assistant {number}";
            metadata["client_uri"] = $"https://assistant-{number}.example";
            metadata["redirect_uris"] = new JsonArray(Agent.RedirectUri);
        });
        await agent.ConnectAsync(("resource", null));
    }

    private async Task MemberAsync(PlainBrowser owner)
    {
        var join = new PlainBrowser(_server);
        var page = await join.GoAsync(await Invitations.MakeAsync(owner, "annie@example.com", "Member"));
        await join.SubmitAsync(page, ("Name", LongName + " the second"), ("Password", Invitations.Password));
    }

    private async Task SignInAsync(string password = AuthServer.OwnerPassword)
    {
        await _page.GetByLabel("Email").FillAsync(AuthServer.OwnerEmail);
        await _page.GetByLabel("Password").FillAsync(password);
        await Press("Sign in").ClickAsync();
    }

    private ILocator Press(string button) => _page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true });

    private Task<IResponse?> GoAsync(string path) => _page.GotoAsync(_server.Address.ToString().Replace("127.0.0.1", "localhost") + path);

    private static Task<AuthServer> StartAsync(Func<AuthOptions, AuthOptions> configure)
    {
        var port = LoopbackPort.Next();
        return AuthServer.StartAsync(configure, issuer: $"http://localhost:{port}", port: port);
    }
}
