namespace Nexus.Core.Usage;

/// <summary>Days are UTC's.</summary>
internal static class UsageDay
{
    public static DateOnly Of(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    public static DateTimeOffset Begin(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>How much of a stretch of time falls on each day; nothing where it ends before it begins.</summary>
    public static IEnumerable<(DateOnly Day, TimeSpan Span)> Split(DateTimeOffset from, DateTimeOffset until)
    {
        while (from < until)
        {
            var day = Of(from);
            var next = Begin(day.AddDays(1));
            var end = next < until ? next : until;
            yield return (day, end - from);
            from = end;
        }
    }
}
