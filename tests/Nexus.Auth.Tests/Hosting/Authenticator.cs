using System.Text.RegularExpressions;
using Nexus.Auth.TwoFactor;

namespace Nexus.Auth.Tests.Hosting;

/// <summary>A person's authenticator app, set up from the page as the app would be.</summary>
public sealed partial class Authenticator(AuthServer server, string secret, IReadOnlyList<string> recoveryCodes)
{
    public IReadOnlyList<string> RecoveryCodes { get; } = recoveryCodes;

    public string Secret { get; } = secret;

    /// <summary>The code of now.</summary>
    public string Code => CodeOf(server, Secret);

    /// <summary>Turns two-factor authentication on for the Owner, and waits until the code that did it is over.</summary>
    public static async Task<Authenticator> SetUpAsync(AuthServer server, PlainBrowser browser)
    {
        var page = await browser.SignInAsync("/account/two-factor");
        var secret = SecretOn(page);
        var done = await browser.SubmitAsync(page.Form("TurnOn"), ("code", CodeOf(server, secret)));
        var codes = CodeList().Match(done.Html).Groups[1].Value;
        server.Time.Advance(TimeSpan.FromSeconds(60));
        return new(server, secret, [.. CodeItem().Matches(codes).Select(match => match.Groups[1].Value)]);
    }

    /// <summary>The code that an authenticator makes of a secret at the server's time.</summary>
    public static string CodeOf(AuthServer server, string secret) =>
        Totp.CodeAt(Base32.Decode(secret), Totp.StepAt(server.Time.GetUtcNow()));

    public static string SecretOn(Page page) => SecretText().Match(page.Html).Groups[1].Value.Replace(" ", "");

    [GeneratedRegex("<code class=\"secret\">([A-Z2-7 ]+)</code>")]
    private static partial Regex SecretText();

    [GeneratedRegex("<ul class=\"codes\">(.*?)</ul>", RegexOptions.Singleline)]
    private static partial Regex CodeList();

    [GeneratedRegex("<li>(.*?)</li>")]
    private static partial Regex CodeItem();
}
