using Microsoft.Playwright;
using Nexus.Auth.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Auth.Tests.Pages;

/// <summary>The pages in Chromium, which holds them to their policies, with scripts switched off.</summary>
public sealed class RealBrowserTests(Shared<Browser> chromium)
{
    [Theory]
    [InlineData("https://client.example/callback")]
    [InlineData("http://localhost:4567/callback")]
    public async Task Sign_in_and_consent_lead_back_to_the_client(string redirectUri)
    {
        await using var server = await StartAsync();
        var agent = await Agent.RegisterAsync(server, metadata => metadata["redirect_uris"] = new System.Text.Json.Nodes.JsonArray(redirectUri));
        var page = await NewPageAsync(redirectUri);

        await page.GotoAsync(server.Address + agent.AuthorizeUrl(("redirect_uri", redirectUri), ("resource", null))[1..]);
        await SignInAsync(page);
        await page.GetByLabel("Delete deployments").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await page.ArrivesAtAsync(redirectUri);

        var tokens = await agent.ExchangeAsync(new Answer(new(page.Url)).Code!, ("redirect_uri", redirectUri));
        tokens.Text("scope").Should().Be("deployments:read deployments:create deployments:logs");
    }

    [Fact]
    public async Task Signing_in_leads_straight_back_where_consent_is_remembered()
    {
        await using var server = await StartAsync();
        var agent = await Agent.RegisterAsync(server);
        await agent.AuthorizeAsync(("resource", null));
        var page = await NewPageAsync(Agent.RedirectUri);
        await page.GotoAsync(server.Address + agent.AuthorizeUrl(("resource", null))[1..]);
        await SignInAsync(page);
        await page.ArrivesAtAsync(Agent.RedirectUri);
        new Answer(new(page.Url)).Code.Should().NotBeNull();
    }

    [Fact]
    public async Task Deny_leads_back_with_the_refusal()
    {
        await using var server = await StartAsync();
        var agent = await Agent.RegisterAsync(server);
        var page = await NewPageAsync(Agent.RedirectUri);
        await page.GotoAsync(server.Address + agent.AuthorizeUrl(("resource", null))[1..]);
        await SignInAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Deny" }).ClickAsync();
        await page.ArrivesAtAsync(Agent.RedirectUri);
        new Answer(new(page.Url)).Error.Should().Be("access_denied");
    }

    [Fact]
    public async Task Nothing_is_wider_than_a_small_phone()
    {
        await using var server = await StartAsync();
        var agent = await Agent.RegisterAsync(server, metadata =>
        {
            metadata["client_name"] = new string('W', 200);
            metadata["scope"] = string.Join(' ', Nexus.Auth.Authorization.OfferedScopes.All);
        });
        var page = await NewPageAsync(Agent.RedirectUri);
        await page.SetViewportSizeAsync(320, 600);
        await page.GotoAsync(server.Address + agent.AuthorizeUrl(("resource", null), ("scope", null))[1..]);
        await ExpectNoSidewaysScrollAsync(page);
        await SignInAsync(page);
        await ExpectNoSidewaysScrollAsync(page);
        await page.GotoAsync(server.Address + "oauth/errors");
        await ExpectNoSidewaysScrollAsync(page);
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.GetByLabel("Email").FillAsync(AuthServer.OwnerEmail);
        await page.GetByLabel("Password").FillAsync(AuthServer.OwnerPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    private static async Task ExpectNoSidewaysScrollAsync(IPage page) =>
        (await page.Locator("main").BoundingBoxAsync())!.Width.Should().BeLessThanOrEqualTo(320);

    private async Task<IPage> NewPageAsync(string redirectUri)
    {
        var context = await (await chromium.GetAsync()).Chromium.NewContextAsync(new() { JavaScriptEnabled = false });
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        await page.RouteAsync(redirectUri + "**", route => route.FulfillAsync(new() { Body = "Back at the client" }));
        return page;
    }

    private static Task<AuthServer> StartAsync()
    {
        var port = LoopbackPort.Next();
        return AuthServer.StartAsync(issuer: $"http://127.0.0.1:{port}", port: port);
    }
}
