using System.Web;
using Microsoft.Playwright;

namespace Nexus.EndToEnd.Tests.Support;

/// <summary>A person with an account, at a browser that has never been here.</summary>
internal sealed class Person(Browser browser, string email, string password)
{
    /// <summary>Opens the address that a client asks to open, signs in, allows, and follows the redirect to the client.</summary>
    public Task<ConsentPage> AllowAsync(Uri authorize) => AnswerAsync(authorize, "Allow");

    /// <summary>The same, but first takes every tick away except one.</summary>
    public Task<ConsentPage> AllowOnlyAsync(Uri authorize, string scope) => AnswerAsync(authorize, "Allow", scope);

    /// <summary>The same, but denies.</summary>
    public Task<ConsentPage> DenyAsync(Uri authorize) => AnswerAsync(authorize, "Deny");

    /// <summary>Opens the address that a device shows, signs in, and allows.</summary>
    public async Task AllowDeviceAsync(Uri verification)
    {
        var page = await browser.NewPageAsync();
        try
        {
            await SignInAsync(page, verification);
            await Press(page, "Allow").ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Name = "Your device is connected" }).WaitForAsync();
        }
        finally
        {
            await page.Context.DisposeAsync();
        }
    }

    /// <summary>Makes a service account on its page; its credentials, which are shown once.</summary>
    public async Task<ClientCredentials> MakeServiceAccountAsync(Uri address, string name)
    {
        var page = await browser.NewPageAsync();
        try
        {
            await SignInAsync(page, address);
            await page.GetByLabel("Name").FillAsync(name);
            await Press(page, "Create").ClickAsync();
            var secrets = page.Locator("code.secret");
            return new(await secrets.Nth(0).InnerTextAsync(), await secrets.Nth(1).InnerTextAsync());
        }
        finally
        {
            await page.Context.DisposeAsync();
        }
    }

    private async Task SignInAsync(IPage page, Uri address)
    {
        var answer = await page.GotoAsync(address.AbsoluteUri);
        if (!answer!.Ok) throw new InvalidOperationException($"{address} answered {answer.Status}: {await page.InnerTextAsync("body")}");
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await Press(page, "Sign in").ClickAsync();
    }

    private async Task<ConsentPage> AnswerAsync(Uri authorize, string button, string? onlyScope = null)
    {
        var page = await browser.NewPageAsync();
        try
        {
            await SignInAsync(page, authorize);
            var seen = await ReadAsync(page);
            if (onlyScope is not null)
                await UntickAllButAsync(page, onlyScope);
            var callback = HttpUtility.ParseQueryString(authorize.Query)["redirect_uri"]!;
            await page.RunAndWaitForResponseAsync(
                () => Press(page, button).ClickAsync(),
                response => response.Url.StartsWith(callback, StringComparison.Ordinal));
            return seen;
        }
        finally
        {
            await page.Context.DisposeAsync();
        }
    }

    private static ILocator Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static async Task UntickAllButAsync(IPage page, string scope)
    {
        foreach (var box in await page.GetByRole(AriaRole.Checkbox).AllAsync())
            if (await box.IsEnabledAsync())
                await box.SetCheckedAsync(await box.GetAttributeAsync("value") == scope);
    }

    private static async Task<ConsentPage> ReadAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).WaitForAsync();
        var client = await page.Locator("h1 .name").InnerTextAsync();
        var facts = await page.Locator("dl").InnerTextAsync();
        return new(client, facts, await page.Locator("fieldset code").AllInnerTextsAsync());
    }
}

/// <summary>How a program signs in.</summary>
internal sealed record ClientCredentials(string ClientId, string ClientSecret);

/// <summary>What the consent page showed.</summary>
/// <param name="Client">The name of the client that asks.</param>
/// <param name="Facts">Who asks, where the answer goes, and who is signed in.</param>
/// <param name="Scopes">What could be allowed.</param>
internal sealed record ConsentPage(string Client, string Facts, IReadOnlyList<string> Scopes);
