namespace Nexus.Core.Usage;

/// <summary>How much of something an organisation used on one day (UTC). A period is the sum of its days.</summary>
public sealed class UsageCount
{
    public required Guid OrganizationId { get; init; }
    public required DateOnly Day { get; init; }
    public required UsageMeasure Measure { get; init; }

    /// <summary>Of what, such as a tool's name; empty where there is only one.</summary>
    public required string Name { get; init; }

    public required long Amount { get; init; }
}
