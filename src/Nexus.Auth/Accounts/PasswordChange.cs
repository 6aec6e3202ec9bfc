using Microsoft.AspNetCore.Identity;
using Nexus.Auth.Auditing;
using Nexus.Auth.Sessions;

namespace Nexus.Auth.Accounts;

/// <summary>Gives an account another password, and ends everything that the old one had opened but this browser's session.</summary>
internal sealed class PasswordChange(UserManager<Account> accounts, PasswordSignIn signIn, OtherSessions others, AuthAudit audit)
{
    /// <summary>What is wrong; null when it is done.</summary>
    public async Task<string?> TryAsync(
        BrowserSession session, string current, string wanted, CancellationToken cancellationToken)
    {
        if (!await signIn.IsRightAsync(session.Account, current, cancellationToken))
        {
            await WriteAsync(session, "INVALID_CREDENTIALS", cancellationToken);
            return "That isn't your current password, or the account is locked for a while after too many attempts.";
        }

        var result = await accounts.ChangePasswordAsync(session.Account, current, wanted);
        if (!result.Succeeded) return string.Join(' ', result.Errors.Select(error => error.Description).Distinct());
        await WriteAsync(session, null, cancellationToken);
        await others.EndAsync(session, cancellationToken);
        return null;
    }

    private Task WriteAsync(BrowserSession session, string? refusal, CancellationToken cancellationToken) =>
        audit.WriteAsync(new(AuthEvent.ChangePassword) { AccountId = session.Account.Id, Refusal = refusal }, cancellationToken);
}
