using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Nexus.Core.Usage;

/// <summary>The same figures for the operator's monitoring, under the meter <c>Nexus.Usage</c>; without organisations and clients.</summary>
public sealed class UsageMetrics
{
    public const string MeterName = "Nexus.Usage";
    private const string Outcome = "nexus.outcome";

    private readonly Counter<long> _calls;
    private readonly Counter<long> _builds;
    private readonly Counter<double> _buildTime;
    private readonly Counter<double> _replicaTime;

    public UsageMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _calls = meter.CreateCounter<long>("nexus.tool.calls", "{call}", "Calls of tools, by tool and outcome: succeeded, failed, refused by the plan.");
        _builds = meter.CreateCounter<long>("nexus.builds", "{build}", "Runs of the builder, by outcome: succeeded, failed, cancelled.");
        _buildTime = meter.CreateCounter<double>("nexus.build.time", "s", "The time that builds took, with fetching the source.");
        _replicaTime = meter.CreateCounter<double>("nexus.replica.time", "s", "The time that replicas ran.");
    }

    internal void Call(string tool, string outcome) => _calls.Add(1, new TagList { { "nexus.tool", tool }, { Outcome, outcome } });

    internal void Build(string outcome) => _builds.Add(1, new KeyValuePair<string, object?>(Outcome, outcome));

    internal void BuildTime(TimeSpan span) => _buildTime.Add(span.TotalSeconds);

    internal void ReplicaTime(double seconds) => _replicaTime.Add(seconds);
}
