using System.Text.Json.Serialization;

namespace Nexus.Core.Usage;

/// <summary>A stretch of whole days (UTC) up to now, or that is over.</summary>
public enum UsagePeriod
{
    [JsonStringEnumMemberName("today")]
    Today,

    /// <summary>Today and the six days before it.</summary>
    [JsonStringEnumMemberName("7d")]
    SevenDays,

    /// <summary>Today and the 29 days before it.</summary>
    [JsonStringEnumMemberName("30d")]
    ThirtyDays,

    /// <summary>The calendar's month up to today.</summary>
    [JsonStringEnumMemberName("month")]
    Month,

    /// <summary>The whole calendar's month before.</summary>
    [JsonStringEnumMemberName("last_month")]
    LastMonth,
}

/// <summary>The days of a period, both ends within it.</summary>
public sealed record UsageDays(DateOnly From, DateOnly Through)
{
    public static UsageDays Of(UsagePeriod period, DateOnly today)
    {
        var month = today.AddDays(1 - today.Day);
        return period switch
        {
            UsagePeriod.Today => new(today, today),
            UsagePeriod.SevenDays => new(today.AddDays(-6), today),
            UsagePeriod.ThirtyDays => new(today.AddDays(-29), today),
            UsagePeriod.Month => new(month, today),
            UsagePeriod.LastMonth => new(month.AddMonths(-1), month.AddDays(-1)),
            _ => throw new ArgumentOutOfRangeException(nameof(period)),
        };
    }
}
