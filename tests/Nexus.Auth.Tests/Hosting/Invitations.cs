using System.Net;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>Invites people through the pages.</summary>
public static class Invitations
{
    public const string Password = "nanosecond of wire";

    public static (string Name, string Value)[] Grace { get; } = [("Name", "Grace"), ("Password", Password)];

    /// <summary>The link's path and query.</summary>
    public static async Task<string> MakeAsync(PlainBrowser manager, string email, string role)
    {
        var page = await manager.SignInAsync("/people");
        page = await manager.SubmitAsync(page.Form("Make invitation"), ("email", email), ("role", role));
        var link = page.Html.Split("<code class=\"secret\">")[1].Split('<')[0];
        return new Uri(WebUtility.HtmlDecode(link)).PathAndQuery;
    }

    /// <summary>Grace's browser, after she joined.</summary>
    public static async Task<PlainBrowser> JoinAsync(AuthServer server, PlainBrowser manager, string role = "Member")
    {
        var browser = new PlainBrowser(server);
        await browser.SubmitAsync(await browser.GoAsync(await MakeAsync(manager, "grace@example.com", role)), Grace);
        return browser;
    }
}
