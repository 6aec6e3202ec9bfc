namespace Nexus.Core.Domains.Certificates;

/// <summary>When to try for a certificate.</summary>
public static class CertificateSchedule
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(15); // Authorities count failures of a name by the hour.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>When a third of its life is left.</summary>
    public static DateTimeOffset RenewAt(DateTimeOffset notBefore, DateTimeOffset notAfter) => notBefore + (notAfter - notBefore) * (2.0 / 3);

    /// <summary>Twice as long after each failure, up to a day, and never sooner than the authority says.</summary>
    public static DateTimeOffset AfterFailure(int failures, DateTimeOffset now, TimeSpan? retryAfter)
    {
        var wait = FirstWait * Math.Pow(2, Math.Clamp(failures - 1, 0, 10));
        if (wait > LongestWait) wait = LongestWait;
        return now + (retryAfter > wait ? retryAfter.Value : wait);
    }
}
