using FluentAssertions;
using Nexus.Core.Commands;
using Nexus.Core.Domains;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;
using static Nexus.Core.Tests.Domains.DomainBench;

namespace Nexus.Core.Tests.Domains;

/// <summary>Who can claim a domain, who gets it, and when it is free again.</summary>
public sealed class DomainClaimTests(Shared<DnsServer> dns)
{
    [Fact]
    public async Task Somebody_elses_token_proves_nothing()
    {
        await using var bench = await StartAsync(dns);
        var stranger = await bench.Host.StrangerAsync();
        var (web, evil) = (await bench.DeployAsync("web"), await bench.DeployAsync("evil", stranger));
        var name = $"t{Guid.NewGuid():N}.example";
        var (owners, strangers) = (await bench.AddAsync(web, name), await bench.AddAsync(evil, name, stranger));
        await bench.PublishAsync(owners);

        (await bench.VerifyAsync(evil, strangers.Id, stranger)).Verified.Should().BeFalse();
        (await bench.VerifyAsync(web, owners.Id)).Verified.Should().BeTrue();
    }

    [Fact]
    public async Task A_claim_cannot_keep_the_owner_out_and_what_is_verified_belongs_to_one()
    {
        await using var bench = await StartAsync(dns);
        var stranger = await bench.Host.StrangerAsync();
        var (web, evil) = (await bench.DeployAsync("web"), await bench.DeployAsync("evil", stranger));
        var name = FreshName();
        var squatted = await bench.AddAsync(evil, name, stranger);

        await bench.OwnAsync(web, name);

        (await bench.RoutedAsync(web)).Should().Equal(name);
        (await bench.VerifyAsync(evil, squatted.Id, stranger)).Verified.Should().BeFalse();
        await bench.RemoveAsync(evil, squatted.Id, stranger);
        (await Outcome.OfAsync(() => bench.AddAsync(evil, name, stranger))).Should().Be("DOMAIN_TAKEN");
        (await Outcome.OfAsync(() => bench.AddAsync(web, name))).Should().Be("DOMAIN_EXISTS");
    }

    [Fact]
    public async Task An_alias_that_was_left_behind_gives_a_domain_to_nobody_without_the_token()
    {
        await using var bench = await StartAsync(dns);
        var stranger = await bench.Host.StrangerAsync();
        var (web, name) = (await bench.DeployAsync("web"), FreshName());
        await bench.OwnAsync(web, name);
        await bench.Host.Commands.DeleteAsync(bench.Host.Owner, web, CommandOptions.None, default);

        // The label is free, and DNS still points to it.
        var later = await bench.DeployAsync("web", stranger);
        var claim = await bench.AddAsync(later, name, stranger);

        claim.Records.Select(record => record.Type).Should().Equal("CNAME", "TXT");
        (await bench.VerifyAsync(later, claim.Id, stranger)).Records.Select(record => record.Ok).Should().Equal(true, false);
        await bench.Dns.AddAsync(claim.Records[1].Name, "TXT", claim.Records[1].Value);
        (await bench.VerifyAsync(later, claim.Id, stranger)).Verified.Should().BeTrue();
    }

    [Fact]
    public async Task A_claim_ends_when_its_time_is_over()
    {
        await using var bench = await StartAsync(dns, options: new() { ClaimLife = TimeSpan.FromTicks(1) });
        var (web, name) = (await bench.DeployAsync("web"), FreshName());

        var ended = await bench.AddAsync(web, name);

        (await bench.ListAsync(web)).Should().BeEmpty();
        (await Outcome.OfAsync(() => bench.VerifyAsync(web, ended.Id))).Should().Be("DOMAIN_NOT_FOUND");
        (await bench.AddAsync(web, name)).Id.Should().NotBe(ended.Id);
        (await bench.Host.Get<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<DomainClaimPruning>().Single().PruneAsync(default))
            .Should().Be(1);
    }

    [Fact]
    public async Task Of_many_who_claim_a_domain_at_once_one_does()
    {
        await using var bench = await StartAsync(dns);
        var (web, name) = (await bench.DeployAsync("web"), FreshName());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Outcome.OfAsync(() => bench.AddAsync(web, name))));

        outcomes.Count(outcome => outcome == "OK").Should().Be(1);
        outcomes.Where(outcome => outcome != "OK").Should().OnlyContain(outcome => outcome == "DOMAIN_EXISTS");
    }
}
