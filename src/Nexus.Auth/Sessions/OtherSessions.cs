using Microsoft.AspNetCore.Identity;
using Nexus.Auth.Accounts;
using Nexus.Auth.Auditing;
using Nexus.Auth.Tokens;

namespace Nexus.Auth.Sessions;

/// <summary>
/// What follows when the account's security stamp has changed: browsers and first-party JWTs elsewhere are signed out by it,
/// and the tokens of applications end with them — refreshing would be refused anyway. This browser can stay.
/// </summary>
internal sealed class OtherSessions(UserManager<Account> accounts, BrowserSessions sessions, TokenFamilies families, AuthAudit audit)
{
    /// <summary>Ends everything but this browser's session, after a change that gave the account a new stamp.</summary>
    public async Task EndAsync(BrowserSession current, CancellationToken cancellationToken)
    {
        await families.RevokeAllAsync(current.Account.Id, clientId: null, cancellationToken);
        await sessions.ContinueAsync(current);
    }

    /// <summary>Ends everything, this browser's session too.</summary>
    public async Task EndAllAsync(Account account, CancellationToken cancellationToken)
    {
        await audit.WriteAsync(new(AuthEvent.SignOutEverywhere) { AccountId = account.Id }, cancellationToken);
        await accounts.UpdateSecurityStampAsync(account);
        await families.RevokeAllAsync(account.Id, clientId: null, cancellationToken);
        await sessions.EndAsync();
    }
}
