using Nexus.Core.Usage;

namespace Nexus.Mcp.Tools;

/// <summary>Calls of tools; of the clients the busiest.</summary>
internal sealed record ToolCallStats(
    long Total, long Failed, IReadOnlyDictionary<string, long> ByTool, IReadOnlyDictionary<string, long> FailedByTool,
    IReadOnlyDictionary<string, long> ByClientId, int? FurtherClients = null)
{
    private const int MostClients = 20;

    public static ToolCallStats From(UsageTotals totals)
    {
        var clients = totals.ByName(UsageMeasure.ClientCalls);
        return new(
            totals[UsageMeasure.ToolCalls],
            totals[UsageMeasure.FailedToolCalls],
            totals.ByName(UsageMeasure.ToolCalls).ToDictionary(),
            totals.ByName(UsageMeasure.FailedToolCalls).ToDictionary(),
            clients.Take(MostClients).ToDictionary(),
            clients.Count > MostClients ? clients.Count - MostClients : null);
    }
}
