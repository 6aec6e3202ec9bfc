using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Nexus.Auth.Storage;

namespace Nexus.Auth.Accounts;

/// <summary>
/// Locks an account after wrong passwords and codes, for a time that doubles. Counted and judged in the database,
/// so that parallel attempts can't share one count.
/// </summary>
internal sealed partial class AccountLockout(AuthDbContext db, TimeProvider time, ILogger<AccountLockout> logger)
{
    private const int FreeAttempts = 5;
    private static readonly TimeSpan FirstLock = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestLock = TimeSpan.FromHours(1);

    public bool IsLocked(Account account) => account.LockoutEnd > time.GetUtcNow();

    public async Task CountFailureAsync(Account account, CancellationToken cancellationToken) =>
        await CountAsync(db.Users.Where(stored => stored.Id == account.Id), account, cancellationToken);

    /// <summary>
    /// Counts an attempt as failed before it is judged, for codes short enough to be guessed by many at once.
    /// False when the account is locked; <see cref="ForgetFailuresAsync"/> when the attempt was right.
    /// </summary>
    public async Task<bool> TryAttemptAsync(Account account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var unlocked = db.Users.Where(stored => stored.Id == account.Id && (stored.LockoutEnd == null || stored.LockoutEnd <= now));
        return await CountAsync(unlocked, account, cancellationToken) == 1;
    }

    public Task<int> ForgetFailuresAsync(Account account, CancellationToken cancellationToken)
    {
        (account.AccessFailedCount, account.LockoutEnd) = (0, null);
        return db.Users
            .Where(stored => stored.Id == account.Id)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(stored => stored.AccessFailedCount, 0)
                    .SetProperty(stored => stored.LockoutEnd, (DateTimeOffset?)null),
                cancellationToken);
    }

    private async Task<int> CountAsync(IQueryable<Account> stored, Account account, CancellationToken cancellationToken)
    {
        var failures = account.AccessFailedCount + 1;
        DateTimeOffset? lockedUntil = time.GetUtcNow() + LockAfter(failures);
        var counted = await stored.ExecuteUpdateAsync(
            set => set
                .SetProperty(one => one.AccessFailedCount, one => one.AccessFailedCount + 1)
                .SetProperty(one => one.LockoutEnd, one => one.AccessFailedCount + 1 >= FreeAttempts ? lockedUntil : null),
            cancellationToken);
        if (failures >= FreeAttempts) LogLocked(account.Id, lockedUntil.Value);
        return counted;
    }

    private static TimeSpan LockAfter(int failures)
    {
        var doubled = FirstLock * Math.Pow(2, Math.Clamp(failures - FreeAttempts, 0, 20));
        return doubled < LongestLock ? doubled : LongestLock;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The account {Account} is locked until {Until} after wrong passwords or codes")]
    private partial void LogLocked(Guid account, DateTimeOffset until);
}
