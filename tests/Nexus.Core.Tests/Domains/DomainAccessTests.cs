using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Access;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;
using static Nexus.Core.Tests.Domains.DomainBench;

namespace Nexus.Core.Tests.Domains;

/// <summary>Who sees and changes domains.</summary>
public sealed class DomainAccessTests(Shared<DnsServer> dns)
{
    [Fact]
    public async Task Deployments_and_domains_of_others_do_not_exist()
    {
        await using var bench = await StartAsync(dns);
        var stranger = await bench.Host.StrangerAsync();
        var (web, other, theirs) = (await bench.DeployAsync("web"), await bench.DeployAsync("other"), await bench.DeployAsync("theirs", stranger));
        var domain = await bench.AddAsync(web, FreshName());
        var unassigned = bench.Host.Owner with { Role = Role.DeploymentManager };

        foreach (var actor in new[] { stranger, unassigned })
        {
            (await Outcome.OfAsync(() => bench.ListAsync(web, actor))).Should().Be("DEPLOYMENT_NOT_FOUND");
            (await Outcome.OfAsync(() => bench.AddAsync(web, FreshName(), actor))).Should().Be("DEPLOYMENT_NOT_FOUND");
            (await Outcome.OfAsync(() => bench.VerifyAsync(web, domain.Id, actor))).Should().Be("DEPLOYMENT_NOT_FOUND");
            (await Outcome.OfAsync(() => bench.RemoveAsync(web, domain.Id, actor))).Should().Be("DEPLOYMENT_NOT_FOUND");
        }

        (await Outcome.OfAsync(() => bench.VerifyAsync(theirs, domain.Id, stranger))).Should().Be("DOMAIN_NOT_FOUND");
        (await Outcome.OfAsync(() => bench.RemoveAsync(theirs, domain.Id, stranger))).Should().Be("DOMAIN_NOT_FOUND");
        (await Outcome.OfAsync(() => bench.RemoveAsync(other, domain.Id))).Should().Be("DOMAIN_NOT_FOUND");
    }

    [Fact]
    public async Task Domains_take_their_own_permission_and_each_try_is_in_the_audit()
    {
        await using var bench = await StartAsync(dns);
        var web = await bench.DeployAsync("web");
        var domain = await bench.AddAsync(web, FreshName());
        var developer = bench.Host.Owner with { Role = Role.Member };
        var reader = bench.Host.Owner with { Scopes = new HashSet<string> { Scopes.DeploymentsRead } };

        (await Outcome.OfAsync(() => bench.AddAsync(web, FreshName(), developer))).Should().Be("PERMISSION_DENIED");
        (await Outcome.OfAsync(() => bench.VerifyAsync(web, domain.Id, developer))).Should().Be("PERMISSION_DENIED");
        (await Outcome.OfAsync(() => bench.RemoveAsync(web, domain.Id, reader))).Should().Be("MISSING_SCOPE");
        (await bench.ListAsync(web, reader)).Should().ContainSingle();

        await using var db = await bench.Host.Database.CreateDbContextAsync();
        var outcomes = await db.AuditRecords.OrderBy(record => record.Id).Select(record => record.Operation + " " + record.Outcome).ToListAsync();
        outcomes.Should().Contain(["AddDomain OK", "AddDomain PERMISSION_DENIED", "VerifyDomain PERMISSION_DENIED", "RemoveDomain MISSING_SCOPE"]);
    }
}
