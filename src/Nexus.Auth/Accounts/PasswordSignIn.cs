using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Nexus.Auth.Storage;

namespace Nexus.Auth.Accounts;

/// <summary>
/// Judges e-mail and password. Unknown, locked and wrong take the same time and get the same answer, so that nobody learns
/// which accounts exist. Wrong passwords lock an account for a time that doubles.
/// </summary>
internal sealed partial class PasswordSignIn(
    UserManager<Account> accounts, IPasswordHasher<Account> hasher, DecoyPassword decoy, AuthDbContext db, TimeProvider time,
    ILogger<PasswordSignIn> logger)
{
    /// <summary>What to tell a person whose sign-in failed, whatever the cause.</summary>
    public const string Failure = "That e-mail and password don't match, or the account is locked for a while after too many attempts.";

    private const int FreeAttempts = 5;
    private static readonly TimeSpan FirstLock = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestLock = TimeSpan.FromHours(1);
    private static readonly Account Nobody = new() { Name = "" };

    /// <summary>Null when the person doesn't get in.</summary>
    public async Task<Account?> TryAsync(string email, string password, CancellationToken cancellationToken)
    {
        var account = await accounts.FindByEmailAsync(email);
        var verdict = hasher.VerifyHashedPassword(account ?? Nobody, account?.PasswordHash ?? decoy.Hash, password);
        if (account is null) return null;
        if (account.LockoutEnd > time.GetUtcNow()) return null;

        if (verdict is PasswordVerificationResult.Failed)
        {
            await CountFailureAsync(account, cancellationToken);
            return null;
        }

        if (account.AccessFailedCount > 0) await ForgetFailuresAsync(account, cancellationToken);
        return account;
    }

    // Counted and judged in the database, so that parallel attempts can't share one count.
    private async Task CountFailureAsync(Account account, CancellationToken cancellationToken)
    {
        var failures = account.AccessFailedCount + 1;
        DateTimeOffset? lockedUntil = time.GetUtcNow() + LockAfter(failures);
        await db.Users
            .Where(stored => stored.Id == account.Id)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(stored => stored.AccessFailedCount, stored => stored.AccessFailedCount + 1)
                    .SetProperty(
                        stored => stored.LockoutEnd, stored => stored.AccessFailedCount + 1 >= FreeAttempts ? lockedUntil : null),
                cancellationToken);
        if (failures >= FreeAttempts) LogLocked(account.Id, lockedUntil.Value);
    }

    private Task<int> ForgetFailuresAsync(Account account, CancellationToken cancellationToken) => db.Users
        .Where(stored => stored.Id == account.Id)
        .ExecuteUpdateAsync(
            set => set
                .SetProperty(stored => stored.AccessFailedCount, 0)
                .SetProperty(stored => stored.LockoutEnd, (DateTimeOffset?)null),
            cancellationToken);

    private static TimeSpan LockAfter(int failures)
    {
        var doubled = FirstLock * Math.Pow(2, Math.Clamp(failures - FreeAttempts, 0, 20));
        return doubled < LongestLock ? doubled : LongestLock;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The account {Account} is locked until {Until} after wrong passwords")]
    private partial void LogLocked(Guid account, DateTimeOffset until);
}
