using Nexus.Core.Deployments;
using Nexus.Core.Plans;

namespace Nexus.Core.Usage;

/// <summary>What an organisation used in a period, and how it stands now.</summary>
public sealed record UsageReport(
    UsageDays Days, UsageTotals Totals, IReadOnlyDictionary<DeploymentStatus, int> Deployments, int ReplicasReady, MachineUse Machine, PlanUse Plan);

/// <summary>Sums over the days of a period.</summary>
public sealed class UsageTotals
{
    private readonly ILookup<UsageMeasure, Part> _parts;

    internal UsageTotals(IEnumerable<Part> parts) => _parts = parts.ToLookup(part => part.Measure);

    public TimeSpan ReplicaTime => TimeSpan.FromMilliseconds(this[UsageMeasure.ReplicaTime]);

    public TimeSpan BuildTime => TimeSpan.FromMilliseconds(this[UsageMeasure.BuildTime]);

    /// <summary>The sum of a measure, whatever its names.</summary>
    public long this[UsageMeasure measure] => _parts[measure].Sum(part => part.Amount);

    /// <summary>The largest ones first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> ByName(UsageMeasure measure) =>
    [
        .. _parts[measure].OrderByDescending(part => part.Amount).ThenBy(part => part.Name, StringComparer.Ordinal)
            .Select(part => KeyValuePair.Create(part.Name, part.Amount)),
    ];

    internal sealed record Part(UsageMeasure Measure, string Name, long Amount);
}
