namespace Nexus.Core.Uploads;

/// <summary>Settings under <c>Nexus:Uploads</c>: what an organisation may keep here, so that none fills the disk.</summary>
public sealed record UploadOptions
{
    /// <summary>Uploads that no deployment uses.</summary>
    public int MostWaiting { get; init; } = 20;

    /// <summary>Of all uploads together, those that deployments use too.</summary>
    public long MostBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>How many of an organisation's uploads one server receives at a time.</summary>
    public int AtOnce { get; init; } = 3;

    /// <summary>One that takes longer to come is given up.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(30);
}
