using Nexus.Core.Databases.Fixes;

namespace Nexus.Mcp.Tools;

/// <summary>What became of a proposal, or with a dry run would.</summary>
internal sealed record DatabaseFixApplied(Guid ProposalId, bool Applied, string Sql, bool DryRun, IReadOnlyList<string>? Plan = null)
{
    public static async Task<DatabaseFixApplied> FromAsync(Task<AppliedFix> command)
    {
        var (proposalId, applied, sql, dryRun, plan) = await command;
        return new(proposalId, applied, sql, dryRun, plan is null ? null : PlanLines.Of(plan));
    }
}
