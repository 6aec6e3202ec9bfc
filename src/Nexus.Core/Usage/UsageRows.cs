using Microsoft.EntityFrameworkCore;
using Nexus.Core.Storage;

namespace Nexus.Core.Usage;

/// <summary>The statements on the table of counts.</summary>
internal static class UsageRows
{
    /// <summary>
    /// Adds to the count in one statement, so that nodes that write at the same time add up. Both databases speak it alike. Whoever adds
    /// several in a transaction does it in the order of <see cref="InOrder"/>, so that no two wait for each other.
    /// </summary>
    public static Task AddUsageAsync(this NexusDbContext db, UsageKey key, long amount, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "UsageCounts" ("OrganizationId", "Day", "Measure", "Name", "Amount")
            VALUES ({key.OrganizationId}, {key.Day}, {key.Measure.ToString()}, {key.Name}, {amount})
            ON CONFLICT ("OrganizationId", "Day", "Measure", "Name")
            DO UPDATE SET "Amount" = "UsageCounts"."Amount" + excluded."Amount"
            """,
            cancellationToken);

    public static IEnumerable<KeyValuePair<UsageKey, long>> InOrder(IEnumerable<KeyValuePair<UsageKey, long>> counts) => counts
        .OrderBy(count => count.Key.OrganizationId)
        .ThenBy(count => count.Key.Day)
        .ThenBy(count => count.Key.Measure)
        .ThenBy(count => count.Key.Name, StringComparer.Ordinal);

    public static async Task<long> ReadUsageAsync(this NexusDbContext db, UsageKey key, CancellationToken cancellationToken) =>
        await db.UsageCounts
            .Where(count => count.OrganizationId == key.OrganizationId && count.Day == key.Day
                && count.Measure == key.Measure && count.Name == key.Name)
            .Select(count => (long?)count.Amount)
            .SingleOrDefaultAsync(cancellationToken) ?? 0;
}
