using Microsoft.AspNetCore.Identity;
using Nexus.Auth.Accounts;
using Nexus.Auth.Auditing;

namespace Nexus.Auth.TwoFactor;

/// <summary>Judges what a person adds to the right password: a code of their authenticator, or one of their recovery codes.</summary>
internal sealed class SecondFactor(UserManager<Account> accounts, AccountLockout lockout, AuthAudit audit)
{
    public const string Failure =
        "That code is wrong or was used already, or the account is locked for a while after too many attempts. Wait for the next code and try again.";

    public const int LongestCode = 32;

    /// <summary>False when the code is no good, or the account is locked. Wrong codes lock it as wrong passwords do.</summary>
    public async Task<bool> TryAsync(Account account, string code, CancellationToken cancellationToken)
    {
        if (await IsRightAsync(account, code, cancellationToken)) return true;
        await audit.WriteAsync(new(AuthEvent.SecondFactor) { AccountId = account.Id, Refusal = "INVALID_CODE" }, cancellationToken);
        return false;
    }

    private async Task<bool> IsRightAsync(Account account, string code, CancellationToken cancellationToken)
    {
        var plain = code.Replace(" ", "", StringComparison.Ordinal).Trim();
        if (plain.Length is 0 or > LongestCode || !await lockout.TryAttemptAsync(account, cancellationToken)) return false;

        var right = plain.Length == Totp.Digits
            ? await accounts.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, plain)
            : (await accounts.RedeemTwoFactorRecoveryCodeAsync(account, plain)).Succeeded;
        if (right) await lockout.ForgetFailuresAsync(account, cancellationToken);
        return right;
    }
}
