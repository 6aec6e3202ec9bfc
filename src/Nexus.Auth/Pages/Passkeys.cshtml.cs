using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Accounts;
using Nexus.Auth.Http;
using Nexus.Auth.Passkeys;
using Nexus.Auth.Sessions;

namespace Nexus.Auth.Pages;

/// <summary>Adds and removes passkeys, for who signed in a short while ago.</summary>
internal sealed class PasskeysModel(Visitors visitors, PasskeyCeremonies ceremonies, UserManager<Account> accounts) : PageModel
{
    public IReadOnlyList<UserPasskeyInfo> Passkeys { get; private set; } = [];

    public string? Problem { get; private set; }

    public string? Done { get; private set; }

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        visitors.AdmitRecentAsync(this, ShowAsync, cancellationToken);

    /// <summary>For the script: what the browser has to make a passkey of.</summary>
    public Task<IActionResult> OnPostOptionsAsync(CancellationToken cancellationToken) =>
        visitors.AdmitRecentAsync(
            this, async visitor => Content(await ceremonies.BeginAddingAsync(visitor.Account), "application/json"), cancellationToken);

    public Task<IActionResult> OnPostAddAsync(
        [FromForm] string? credential, [FromForm] string? name, CancellationToken cancellationToken) =>
        visitors.AdmitRecentAsync(this, async visitor =>
        {
            if (credential is not null && name is { Length: > 0 and <= 100 } &&
                await ceremonies.AddAsync(visitor.Account, credential, name))
                Done = "The passkey is added. You can sign in with it from now on.";
            else
                Problem = $"The passkey couldn't be added: it took too long, has no name, or there are {PasskeyCeremonies.MostPasskeys} already. Try again.";
            return await ShowAsync(visitor);
        }, cancellationToken);

    public Task<IActionResult> OnPostRemoveAsync([FromForm] string? id, CancellationToken cancellationToken) =>
        visitors.AdmitRecentAsync(this, async visitor =>
        {
            var passkeys = await accounts.GetPasskeysAsync(visitor.Account);
            if (passkeys.FirstOrDefault(passkey => IdOf(passkey) == id) is { } passkey)
                await ceremonies.RemoveAsync(visitor.Account, passkey);
            Done = "The passkey is removed here. You can delete it on your device, too.";
            return await ShowAsync(visitor);
        }, cancellationToken);

    public static string IdOf(UserPasskeyInfo passkey) => Base64UrlEncoder.Encode(passkey.CredentialId);

    private async Task<IActionResult> ShowAsync(Visitor visitor)
    {
        PageSecurity.AllowOurScripts(Response);
        Passkeys = [.. await accounts.GetPasskeysAsync(visitor.Account)];
        return new PageResult { StatusCode = Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest };
    }
}
