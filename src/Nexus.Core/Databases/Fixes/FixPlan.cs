using Nexus.Core.Commands;

namespace Nexus.Core.Databases.Fixes;

/// <summary>What applying a proposal would do.</summary>
internal static class FixPlan
{
    public static IReadOnlyList<Change> Of(FixProposal proposal) =>
    [
        new("statement", After: proposal.Sql),
        new("risk", After: proposal.Risk.ToString().ToUpperInvariant()),
    ];
}
