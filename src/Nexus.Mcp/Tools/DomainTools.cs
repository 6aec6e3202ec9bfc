using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Server;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Domains;

namespace Nexus.Mcp.Tools;

/// <summary>Custom domains: claimed, proved by DNS, and then routed to a deployment.</summary>
[Toolset("domains")]
internal sealed class DomainTools(DomainQueries queries, DomainCommands commands)
{
    [McpServerTool(
        Name = "nexusai_domains_list", Title = "List domains",
        ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Lists a deployment's custom domains and the DNS records of each.")]
    [Performs(Operation.ListDomains)]
    public async Task<DomainList> ListAsync(
        Actor actor,
        [Description(Words.DeploymentId)] string deploymentId,
        CancellationToken cancellationToken = default) =>
        new(await queries.ListAsync(actor, deploymentId, cancellationToken));

    [McpServerTool(
        Name = "nexusai_domains_add", Title = "Add a domain",
        ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = false)]
    [Description("Claims a domain for a running deployment. Create the DNS records that it returns, then verify.")]
    [Performs(Operation.AddDomain)]
    public Task<DomainChange> AddAsync(
        Actor actor,
        [Description(Words.DeploymentId)] string deploymentId,
        [Description("Like shop.example.com")] string domain,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        [Description(Words.ExpectedRevision)] int? expectedRevision = null,
        CancellationToken cancellationToken = default) =>
        DomainChange.FromAsync(commands.AddAsync(actor, deploymentId, domain, new(requestId, dryRun, expectedRevision), cancellationToken));

    [McpServerTool(
        Name = "nexusai_domains_verify", Title = "Verify a domain",
        ReadOnly = false, Destructive = false, Idempotent = true, OpenWorld = true)]
    [Description("Checks a domain's DNS records; once all are there, it answers at the domain.")]
    [Performs(Operation.VerifyDomain)]
    public Task<DomainVerification> VerifyAsync(
        Actor actor,
        [Description(Words.DeploymentId)] string deploymentId,
        Guid domainId,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        [Description(Words.ExpectedRevision)] int? expectedRevision = null,
        CancellationToken cancellationToken = default) =>
        commands.VerifyAsync(actor, deploymentId, domainId, new(requestId, dryRun, expectedRevision), cancellationToken);

    [McpServerTool(
        Name = "nexusai_domains_remove", Title = "Remove a domain",
        ReadOnly = false, Destructive = true, Idempotent = false, OpenWorld = false)]
    [Description("Takes a domain away; its traffic ends at once.")]
    [Performs(Operation.RemoveDomain)]
    public async Task<DomainRemoval> RemoveAsync(
        Actor actor,
        [Description(Words.DeploymentId)] string deploymentId,
        Guid domainId,
        [Description(Words.RequestId), StringLength(CommandOptions.LongestRequestId, MinimumLength = 1)] string? requestId = null,
        [Description(Words.DryRun)] bool dryRun = false,
        [Description(Words.ExpectedRevision)] int? expectedRevision = null,
        CancellationToken cancellationToken = default)
    {
        var options = new CommandOptions(requestId, dryRun, expectedRevision);
        var result = await commands.RemoveAsync(actor, deploymentId, domainId, options, cancellationToken);
        return new(result.DryRun, result.Plan);
    }
}
