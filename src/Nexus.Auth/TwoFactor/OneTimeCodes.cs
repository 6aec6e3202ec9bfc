using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Accounts;
using Nexus.Auth.Storage;

namespace Nexus.Auth.TwoFactor;

/// <summary>
/// Identity's check of authenticator codes, by our clock, and each code once: the step of an accepted one is used up
/// (RFC 6238 §5.2), which the database decides.
/// </summary>
internal sealed class OneTimeCodes(AuthDbContext db, TimeProvider time) : IUserTwoFactorTokenProvider<Account>
{
    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user) =>
        await manager.GetAuthenticatorKeyAsync(user) is not null;

    /// <summary>Only the person's own device makes codes.</summary>
    public Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user) => Task.FromResult("");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { } key &&
        Totp.FindStep(Base32.Decode(key), token, time.GetUtcNow()) is { } step &&
        await UseUpAsync(user, step);

    private async Task<bool> UseUpAsync(Account account, long step)
    {
        var used = await db.Users
            .Where(stored => stored.Id == account.Id && stored.LastCodeStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(stored => stored.LastCodeStep, step));
        if (used == 1) account.LastCodeStep = step; // Identity writes the whole record back later.
        return used == 1;
    }
}
