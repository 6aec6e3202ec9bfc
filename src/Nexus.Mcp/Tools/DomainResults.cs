using Nexus.Core.Commands;
using Nexus.Core.Domains;

namespace Nexus.Mcp.Tools;

/// <summary>The domains of a deployment.</summary>
internal sealed record DomainList(IReadOnlyList<DomainSummary> Domains);

/// <summary>A claim, and what DNS has to hold for it.</summary>
internal sealed record DomainChange(
    Guid Id, IReadOnlyList<DnsRecord> Records, bool DryRun, IReadOnlyList<Change> Plan)
{
    public static async Task<DomainChange> FromAsync(Task<DomainResult> command)
    {
        var (domain, dryRun, plan) = await command;
        return new(domain.Id, domain.Records, dryRun, plan);
    }
}

/// <summary>What a removal changed; the plan names the domain.</summary>
internal sealed record DomainRemoval(bool DryRun, IReadOnlyList<Change> Plan);
