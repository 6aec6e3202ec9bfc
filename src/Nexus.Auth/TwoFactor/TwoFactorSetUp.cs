using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Nexus.Auth.Accounts;
using Nexus.Auth.Auditing;
using Nexus.Auth.Sessions;

namespace Nexus.Auth.TwoFactor;

/// <summary>A secret that a person has been shown and has not yet confirmed, and its sealed form for the page's form.</summary>
internal sealed record OfferedSecret(string Text, string Sealed);

/// <summary>Turns the second factor on and off. Each change ends what else is signed in.</summary>
internal sealed class TwoFactorSetUp(
    UserManager<Account> accounts, IUserStore<Account> store, IDataProtectionProvider protection, OtherSessions others,
    AuthAddresses addresses, AuthAudit audit, TimeProvider time)
{
    public const int RecoveryCodes = 10;

    /// <summary>160 bits, as RFC 4226 §4 recommends.</summary>
    private const int SecretLength = 20;

    public OfferedSecret Offer(Account account)
    {
        var secret = Base32.Encode(RandomNumberGenerator.GetBytes(SecretLength));
        return new(secret, Protector(account).Protect(secret));
    }

    /// <summary>The secret that was offered to this account; null for anything else.</summary>
    public OfferedSecret? Reopen(Account account, string? sealedSecret)
    {
        try
        {
            return sealedSecret is null ? null : new(Protector(account).Unprotect(sealedSecret), sealedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What authenticator apps read from the QR code.</summary>
    public string UriOf(Account account, OfferedSecret secret)
    {
        var issuer = Uri.EscapeDataString("Nexus " + addresses.Origin.Host);
        return $"otpauth://totp/{issuer}:{Uri.EscapeDataString(account.Email!)}?secret={secret.Text}&issuer={issuer}";
    }

    /// <summary>The recovery codes, to be shown once; null when the code is not of this secret.</summary>
    public async Task<IReadOnlyList<string>?> TurnOnAsync(
        BrowserSession session, OfferedSecret secret, string code, CancellationToken cancellationToken)
    {
        var account = session.Account;
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        if (account.TwoFactorEnabled || Totp.FindStep(Base32.Decode(secret.Text), digits, time.GetUtcNow()) is not { } step) return null;

        await ((IUserAuthenticatorKeyStore<Account>)store).SetAuthenticatorKeyAsync(account, secret.Text, cancellationToken);
        account.LastCodeStep = step;
        await accounts.SetTwoFactorEnabledAsync(account, true);
        var codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);
        await audit.WriteAsync(new(AuthEvent.TurnOnTwoFactor) { AccountId = account.Id }, cancellationToken);
        await others.EndAsync(session, cancellationToken);
        return [.. codes!];
    }

    public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(Account account, CancellationToken cancellationToken)
    {
        var codes = await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);
        await audit.WriteAsync(new(AuthEvent.NewRecoveryCodes) { AccountId = account.Id }, cancellationToken);
        return [.. codes!];
    }

    public async Task TurnOffAsync(BrowserSession session, CancellationToken cancellationToken)
    {
        await accounts.SetTwoFactorEnabledAsync(session.Account, false);
        await accounts.GenerateNewTwoFactorRecoveryCodesAsync(session.Account, 0);
        await audit.WriteAsync(new(AuthEvent.TurnOffTwoFactor) { AccountId = session.Account.Id }, cancellationToken);
        await others.EndAsync(session, cancellationToken);
    }

    private IDataProtector Protector(Account account) => protection.CreateProtector("two-factor set-up", account.Id.ToString());
}
