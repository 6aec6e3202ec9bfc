using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Nexus.Auth.Accounts;
using Nexus.Auth.Sessions;
using Nexus.Auth.TwoFactor;

namespace Nexus.Auth.Pages;

/// <summary>Turns the second factor on and off, for who signed in a short while ago.</summary>
internal sealed class TwoFactorModel(
    Visitors visitors, TwoFactorSetUp setUp, SecondFactor factor, PasswordSignIn passwords, UserManager<Account> accounts) : PageModel
{
    public Visitor Visitor { get; private set; } = null!;

    public OfferedSecret? Secret { get; private set; }

    /// <summary>Just made, and never to be shown again.</summary>
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    public int CodesLeft { get; private set; }

    public string? Problem { get; private set; }

    public string? Done { get; private set; }

    public string SecretUri => setUp.UriOf(Visitor.Account, Secret!);

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        visitors.AdmitRecentAsync(this, ShowAsync, cancellationToken);

    public Task<IActionResult> OnPostTurnOnAsync(
        [FromForm] string? secret, [FromForm] string? code, CancellationToken cancellationToken) =>
        visitors.AdmitRecentAsync(this, async visitor =>
        {
            Secret = setUp.Reopen(visitor.Account, secret);
            if (Secret is not null && code is { Length: <= SecondFactor.LongestCode })
                RecoveryCodes = await setUp.TurnOnAsync(visitor.Session, Secret, code, cancellationToken);
            if (RecoveryCodes is null) Problem = "That isn't the code for this secret. Check the clock of your device, and try the next code.";
            else Done = "Two-factor authentication is on. Everything else that was signed in has been signed out.";
            return await ShowAsync(visitor);
        }, cancellationToken);

    public Task<IActionResult> OnPostRecoveryCodesAsync(
        [FromForm] string? password, [FromForm] string? code, CancellationToken cancellationToken) =>
        WithProofAsync(password, code, async visitor =>
        {
            RecoveryCodes = await setUp.NewRecoveryCodesAsync(visitor.Account, cancellationToken);
            Done = "These are your new recovery codes; the old ones are worth nothing now.";
        }, cancellationToken);

    public Task<IActionResult> OnPostTurnOffAsync(
        [FromForm] string? password, [FromForm] string? code, CancellationToken cancellationToken) =>
        WithProofAsync(password, code, async visitor =>
        {
            await setUp.TurnOffAsync(visitor.Session, cancellationToken);
            Done = "Two-factor authentication is off. Everything else that was signed in has been signed out.";
        }, cancellationToken);

    private Task<IActionResult> WithProofAsync(
        string? password, string? code, Func<Visitor, Task> act, CancellationToken cancellationToken) =>
        visitors.AdmitRecentAsync(this, async visitor =>
        {
            if (visitor.Account.TwoFactorEnabled && password is { Length: > 0 and <= 1024 } && code is not null &&
                await passwords.IsRightAsync(visitor.Account, password, cancellationToken) &&
                await factor.TryAsync(visitor.Account, code, cancellationToken)) await act(visitor);
            else Problem = "Password or code is wrong, the code was used already, or the account is locked for a while.";
            return await ShowAsync(visitor);
        }, cancellationToken);

    private async Task<IActionResult> ShowAsync(Visitor visitor)
    {
        Visitor = visitor;
        if (visitor.Account.TwoFactorEnabled) CodesLeft = await accounts.CountRecoveryCodesAsync(visitor.Account);
        else Secret ??= setUp.Offer(visitor.Account);
        return new PageResult { StatusCode = Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest };
    }
}
