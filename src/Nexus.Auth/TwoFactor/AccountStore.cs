using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Nexus.Auth.Accounts;
using Nexus.Auth.Keys;
using Nexus.Auth.Storage;

namespace Nexus.Auth.TwoFactor;

/// <summary>Identity's store, but that authenticator keys are sealed and recovery codes hashed: a copy of the database signs nobody in.</summary>
internal sealed class AccountStore(AuthDbContext db, AuthReads reads, SecretBox box) : UserOnlyStore<Account, AuthDbContext, Guid>(db)
{
    private const string KeyPurpose = "authenticator keys at rest";

    // Where the base keeps recovery codes.
    private const string LoginProvider = "[AspNetUserStore]";
    private const string TokenName = "RecoveryCodes";

    private readonly byte[] _recoveryKey = box.KeyFor("recovery codes at rest");

    public override Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken = default) =>
        reads.Account(Context, ConvertIdFromString(userId), cancellationToken);

    public override Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(
            user, Convert.ToBase64String(box.Seal(KeyPurpose, Encoding.ASCII.GetBytes(key))), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken) =>
        await base.GetAuthenticatorKeyAsync(user, cancellationToken) is { } sealedKey
            ? Encoding.ASCII.GetString(box.Open(KeyPurpose, Convert.FromBase64String(sealedKey)))
            : null;

    public override Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, recoveryCodes.Select(Hash), cancellationToken);

    /// <summary>The base compares the code with what is stored, and stores what is left.</summary>
    public override async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        var stored = await GetTokenAsync(user, LoginProvider, TokenName, cancellationToken) ?? "";
        var left = stored.Split(';', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (!left.Remove(Hash(code))) return false;
        await base.ReplaceCodesAsync(user, left, cancellationToken);
        return true;
    }

    private string Hash(string code) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_recoveryKey, Encoding.UTF8.GetBytes(code.ToUpperInvariant())));
}
