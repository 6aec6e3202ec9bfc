using Microsoft.AspNetCore.Identity;
using Nexus.Auth.Auditing;

namespace Nexus.Auth.Accounts;

/// <summary>
/// Judges e-mail and password. Unknown, locked and wrong take the same time and get the same answer, so that nobody learns
/// which accounts exist.
/// </summary>
internal sealed class PasswordSignIn(
    UserManager<Account> accounts, IPasswordHasher<Account> hasher, DecoyPassword decoy, AccountLockout lockout, AuthAudit audit)
{
    /// <summary>What to tell a person whose sign-in failed, whatever the cause.</summary>
    public const string Failure = "That e-mail and password don't match, or the account is locked for a while after too many attempts.";

    private static readonly Account Nobody = new() { Name = "" };

    /// <summary>Null when the person doesn't get in.</summary>
    public async Task<Account?> TryAsync(string email, string password, CancellationToken cancellationToken)
    {
        var account = await accounts.FindByEmailAsync(email);
        if (account is null) hasher.VerifyHashedPassword(Nobody, decoy.Hash, password);
        else if (await IsRightAsync(account, password, cancellationToken)) return account;

        await audit.WriteAsync(
            new(AuthEvent.SignIn)
            {
                AccountId = account?.Id,
                Refusal = "INVALID_CREDENTIALS",
                Details = new Dictionary<string, object?> { ["email"] = email },
            },
            cancellationToken);
        return null;
    }

    /// <summary>Whether it is the account's password, and the account isn't locked.</summary>
    public async Task<bool> IsRightAsync(Account account, string password, CancellationToken cancellationToken)
    {
        var verdict = hasher.VerifyHashedPassword(account, account.PasswordHash ?? decoy.Hash, password);
        if (lockout.IsLocked(account)) return false;
        if (verdict is PasswordVerificationResult.Failed)
        {
            await lockout.CountFailureAsync(account, cancellationToken);
            return false;
        }

        // With a second factor, only the right code makes the count good: else each right password would buy more guesses at it.
        if (account is { AccessFailedCount: > 0, TwoFactorEnabled: false }) await lockout.ForgetFailuresAsync(account, cancellationToken);
        return true;
    }
}
