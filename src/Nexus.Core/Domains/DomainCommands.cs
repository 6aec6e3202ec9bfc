using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Domains.Certificates;
using Nexus.Core.Domains.Dns;
using Nexus.Core.Domains.Names;
using Nexus.Core.Routing;
using Nexus.Core.Sources;

namespace Nexus.Core.Domains;

/// <summary>What can be done to the domains of a deployment: claim one, prove the claim by DNS, give it up.</summary>
public sealed class DomainCommands(
    CommandDoor door, DomainRecords records, DomainInspection inspection, DomainOptions options, ServerAddresses addresses)
{
    /// <summary>More would let one deployment use up what the certificate authority allows the whole server.</summary>
    public const int MostPerDeployment = 20;

    private const int TokenBytes = 16;

    /// <summary>Claims a domain. It takes traffic once <see cref="VerifyAsync"/> has found the records.</summary>
    public Task<DomainResult> AddAsync(
        Actor actor, string deploymentIdOrName, string domain, CommandOptions command, CancellationToken cancellationToken)
    {
        var asked = new { deploymentId = deploymentIdOrName, domain };
        return door.ExecuteAsync(actor, new(Operation.AddDomain, asked, command), async (context, token) =>
        {
            var name = DomainName.Check(domain, addresses);
            var (deployment, _) = await context.GetForChangeAsync(deploymentIdOrName, command, token);
            if (deployment.Status != DeploymentStatus.Running) throw DomainErrors.NotRunning(deployment.Status);
            await CheckFreeAsync(name, context, token);
            await CheckRoomAsync(deployment, context, token);
            var claim = NewClaim(name, deployment, context);
            var wanted = await records.OfAsync(context.Db, claim, deployment, token);
            context.Db.Add(claim);
            context.Target = claim.Id.ToString();
            return new DomainResult(DomainSummary.Of(claim, wanted), command.DryRun, [new("domain", After: name)]);
        }, cancellationToken);
    }

    /// <summary>Asks DNS, and where it holds every record, sends the domain's traffic to the deployment. What isn't there yet is no error.</summary>
    public async Task<DomainVerification> VerifyAsync(
        Actor actor, string deploymentIdOrName, Guid domainId, CommandOptions command, CancellationToken cancellationToken)
    {
        // Before the door: no transaction waits for somebody's name server.
        var seen = await inspection.LookAsync(actor, deploymentIdOrName, domainId, cancellationToken);
        var asked = new { deploymentId = deploymentIdOrName, domainId };
        return await door.ExecuteAsync(actor, new(Operation.VerifyDomain, asked, command), async (context, token) =>
        {
            var (deployment, domain) = await GetAsync(context, deploymentIdOrName, domainId, command, token);
            var wanted = await records.OfAsync(context.Db, domain, deployment, token);
            if (seen is null || !seen.IsOf(wanted)) throw DomainErrors.Changed();
            var proved = domain.VerifiedAt is null && seen.ShowsAll;
            if (proved) await AcceptAsync(domain, context, token);
            return new DomainVerification(
                domain.VerifiedAt is not null, seen.Findings, [.. seen.Advice, .. await CertificateAdviceAsync(domain, context, token)], command.DryRun,
                proved ? [new("verified", "false", "true")] : []);
        }, cancellationToken);
    }

    /// <summary>Gives a domain up. Its traffic ends at once.</summary>
    public Task<DomainResult> RemoveAsync(
        Actor actor, string deploymentIdOrName, Guid domainId, CommandOptions command, CancellationToken cancellationToken)
    {
        var asked = new { deploymentId = deploymentIdOrName, domainId };
        return door.ExecuteAsync(actor, new(Operation.RemoveDomain, asked, command), async (context, token) =>
        {
            var (deployment, domain) = await GetAsync(context, deploymentIdOrName, domainId, command, token);
            var summary = DomainSummary.Of(domain, []);
            if (domain.VerifiedAt is null) context.Db.Remove(domain);
            else domain.RemovedAt = context.Now;
            await context.Db.DomainCertificates.Where(certificate => certificate.DomainId == domain.Id).ExecuteDeleteAsync(token);
            await context.Db.SaveChangesAsync(token);
            if (summary.Verified) await RouteWriter.RefreshDomainsAsync(context.Db, deployment.Id, token);
            return new DomainResult(summary, command.DryRun, [new("domain", domain.Name)]);
        }, cancellationToken);
    }

    private static async Task<(Deployment Deployment, CustomDomain Domain)> GetAsync(
        CommandContext context, string deploymentIdOrName, Guid domainId, CommandOptions command, CancellationToken cancellationToken)
    {
        var (deployment, _) = await context.GetForChangeAsync(deploymentIdOrName, command, cancellationToken);
        var domain = await context.Db.CustomDomains.GetAsync(deployment, domainId, context.Now, cancellationToken);
        context.Target = domain.Id.ToString();
        return (deployment, domain);
    }

    private static async Task AcceptAsync(CustomDomain domain, CommandContext context, CancellationToken cancellationToken)
    {
        var taken = await context.Db.CustomDomains.AnyAsync(
            other => other.Name == domain.Name && other.Id != domain.Id && other.VerifiedAt != null && other.RemovedAt == null,
            cancellationToken);
        if (taken) throw DomainErrors.Taken(domain.Name);
        domain.VerifiedAt = context.Now;
        context.Db.Add(new DomainCertificate { DomainId = domain.Id, NextAttemptAt = context.Now });
        await context.Db.SaveChangesAsync(cancellationToken);
        await RouteWriter.RefreshDomainsAsync(context.Db, domain.DeploymentId, cancellationToken);
    }

    /// <summary>Why a verified domain has no certificate, or no new one, in the authority's words.</summary>
    private static async Task<IReadOnlyList<string>> CertificateAdviceAsync(
        CustomDomain domain, CommandContext context, CancellationToken cancellationToken)
    {
        var certificate = await context.Db.DomainCertificates.FindAsync([domain.Id], cancellationToken);
        return certificate?.LastError is { } error
            ? [$"The last order of its certificate failed ({ShownText.Of(error)}); the next is at {certificate.NextAttemptAt:u}."]
            : [];
    }

    private static async Task CheckFreeAsync(string name, CommandContext context, CancellationToken cancellationToken)
    {
        var organization = context.Actor.OrganizationId;
        var claims = context.Db.CustomDomains.Where(domain => domain.Name == name && domain.RemovedAt == null);
        if (await claims.AnyAsync(domain => domain.OrganizationId != organization && domain.VerifiedAt != null, cancellationToken))
            throw DomainErrors.Taken(name);
        var own = claims.Where(domain => domain.OrganizationId == organization);
        if (await own.Counting(context.Now).AnyAsync(cancellationToken)) throw DomainErrors.Exists(name);
        await own.ExecuteDeleteAsync(cancellationToken); // A claim that has ended.
    }

    private static async Task CheckRoomAsync(Deployment deployment, CommandContext context, CancellationToken cancellationToken)
    {
        var used = await context.Db.CustomDomains.Counting(context.Now)
            .CountAsync(domain => domain.DeploymentId == deployment.Id, cancellationToken);
        if (used >= MostPerDeployment) throw DomainErrors.TooMany(MostPerDeployment);
    }

    private CustomDomain NewClaim(string name, Deployment deployment, CommandContext context) => new()
    {
        Id = Guid.CreateVersion7(context.Now),
        OrganizationId = deployment.OrganizationId,
        DeploymentId = deployment.Id,
        Name = name,
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)),
        CreatedAt = context.Now,
        ClaimedUntil = context.Now + options.ClaimLife,
    };
}
