using FluentAssertions;
using Nexus.Core.Usage;
using Xunit;

namespace Nexus.Core.Tests.Usage;

public sealed class UsageDaysTests
{
    [Theory]
    [InlineData(UsagePeriod.Today, "2024-03-31", "2024-03-31", "2024-03-31")]
    [InlineData(UsagePeriod.SevenDays, "2024-03-03", "2024-02-26", "2024-03-03")]
    [InlineData(UsagePeriod.ThirtyDays, "2025-01-01", "2024-12-03", "2025-01-01")]
    [InlineData(UsagePeriod.Month, "2024-03-01", "2024-03-01", "2024-03-01")]
    [InlineData(UsagePeriod.LastMonth, "2024-03-31", "2024-02-01", "2024-02-29")]
    [InlineData(UsagePeriod.LastMonth, "2025-01-15", "2024-12-01", "2024-12-31")]
    public void A_period_is_whole_days(UsagePeriod period, string today, string from, string through) =>
        UsageDays.Of(period, DateOnly.Parse(today, null)).Should().Be(new UsageDays(DateOnly.Parse(from, null), DateOnly.Parse(through, null)));
}
