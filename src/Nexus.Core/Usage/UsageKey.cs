namespace Nexus.Core.Usage;

/// <summary>Which count.</summary>
public readonly record struct UsageKey(Guid OrganizationId, DateOnly Day, UsageMeasure Measure, string Name = "");
