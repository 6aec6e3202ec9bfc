using FluentAssertions;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Domains;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;
using static Nexus.Core.Tests.Domains.DomainBench;

namespace Nexus.Core.Tests.Domains;

/// <summary>The life of a domain: added, proved, routed, removed. DNS is a real server.</summary>
public sealed class DomainCommandsTests(Shared<DnsServer> dns, Shared<PostgresServer> postgres)
{
    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_subdomain_is_added_proved_routed_and_removed(DatabaseKind kind)
    {
        await using var bench = await StartAsync(dns, await CoreHost.NewDatabaseAsync(kind, postgres));
        var (web, name) = (await bench.DeployAsync("web"), FreshName());

        var domain = await bench.AddAsync(web, name.ToUpperInvariant());
        domain.Should().BeEquivalentTo(new { Domain = name, Verified = false });
        domain.Records.Should().Equal(new DnsRecord("CNAME", name, "web.apps.test"));

        (await bench.VerifyAsync(web, domain.Id)).Verified.Should().BeFalse();
        (await bench.RoutedAsync(web)).Should().BeEmpty();

        await bench.PublishAsync(domain);
        var verified = await bench.VerifyAsync(web, domain.Id);
        verified.Should().BeEquivalentTo(new { Verified = true, Plan = new[] { new Change("verified", "false", "true") } });
        verified.Advice.Should().BeEmpty();
        (await bench.RoutedAsync(web)).Should().Equal(name);

        await bench.RemoveAsync(web, domain.Id);
        (await bench.RoutedAsync(web)).Should().BeEmpty();
        (await bench.ListAsync(web)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_domain_at_its_registrys_edge_points_to_the_server_and_holds_the_token()
    {
        await using var bench = await StartAsync(dns);
        var web = await bench.DeployAsync("web");
        var name = $"t{Guid.NewGuid():N}.example";

        var domain = await bench.AddAsync(web, name);
        domain.Records.Select(record => (record.Type, record.Name)).Should().Equal(("A", name), ("TXT", $"_nexus-challenge.{name}"));
        domain.Records[0].Value.Should().Be(PublicAddress);
        await bench.Dns.AddAsync(name, "A", PublicAddress);

        var pointsHere = await bench.VerifyAsync(web, domain.Id);
        pointsHere.Verified.Should().BeFalse();
        pointsHere.Records.Select(record => record.Ok).Should().Equal(true, false);

        await bench.Dns.AddAsync($"_nexus-challenge.{name}", "TXT", domain.Records[1].Value);
        (await bench.VerifyAsync(web, domain.Id)).Verified.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_deleted_deployment_frees_its_domains(DatabaseKind kind)
    {
        await using var bench = await StartAsync(dns, await CoreHost.NewDatabaseAsync(kind, postgres));
        var (web, other, name) = (await bench.DeployAsync("web"), await bench.DeployAsync("other"), FreshName());
        await bench.OwnAsync(web, name);
        await bench.AddAsync(web, FreshName());

        await bench.Host.Commands.DeleteAsync(bench.Host.Owner, web, new(DryRun: true), default);
        (await bench.RoutedAsync(web)).Should().Equal(name);

        await bench.Host.Commands.DeleteAsync(bench.Host.Owner, web, CommandOptions.None, default);
        (await bench.RoutedAsync(web)).Should().BeEmpty();
        (await bench.AddAsync(other, name)).Records.Should().ContainSingle("the organisation had it before");
    }

    [Fact]
    public async Task Dry_runs_tell_the_plan_and_change_nothing()
    {
        await using var bench = await StartAsync(dns);
        var (web, name) = (await bench.DeployAsync("web"), FreshName());
        var dry = new CommandOptions(DryRun: true);

        var added = await bench.Commands.AddAsync(bench.Host.Owner, web, name, dry, default);
        added.Should().BeEquivalentTo(new { DryRun = true, Plan = new[] { new Change("domain", null, name) } });
        (await bench.ListAsync(web)).Should().BeEmpty();

        var domain = await bench.AddAsync(web, name);
        await bench.PublishAsync(domain);
        var verified = await bench.VerifyAsync(web, domain.Id, options: dry);
        verified.Should().BeEquivalentTo(new { Verified = true, DryRun = true });
        (await bench.RoutedAsync(web)).Should().BeEmpty();

        await bench.VerifyAsync(web, domain.Id);
        await bench.Commands.RemoveAsync(bench.Host.Owner, web, domain.Id, dry, default);
        (await bench.RoutedAsync(web)).Should().Equal(name);
    }

    [Fact]
    public async Task The_same_request_is_done_once_and_a_deployment_that_moved_on_is_refused()
    {
        await using var bench = await StartAsync(dns);
        var (web, name) = (await bench.DeployAsync("web"), FreshName());

        var first = await bench.Commands.AddAsync(bench.Host.Owner, web, name, new("one"), default);
        var second = await bench.Commands.AddAsync(bench.Host.Owner, web, name, new("one"), default);

        second.Should().BeEquivalentTo(first);
        (await Outcome.OfAsync(() => bench.Commands.RemoveAsync(bench.Host.Owner, web, first.Domain.Id, new(ExpectedRevision: 2), default)))
            .Should().Be("REVISION_CONFLICT");
    }

    [Fact]
    public async Task Only_a_running_deployment_takes_domains_and_not_more_than_its_share()
    {
        await using var bench = await StartAsync(dns);
        var stopped = await bench.DeployAsync("stopped", status: DeploymentStatus.Stopped);
        var web = await bench.DeployAsync("web");

        (await Outcome.OfAsync(() => bench.AddAsync(stopped, FreshName()))).Should().Be("DEPLOYMENT_NOT_RUNNING");
        for (var i = 0; i < DomainCommands.MostPerDeployment; i++) await bench.AddAsync(web, FreshName());
        (await Outcome.OfAsync(() => bench.AddAsync(web, FreshName()))).Should().Be("DOMAIN_LIMIT");
    }

    [Fact]
    public async Task What_the_operator_has_not_set_up_is_said()
    {
        await using var noAddress = await StartAsync(dns, options: new());
        await using var local = await StartAsync(dns, appsDomain: "localhost");
        await noAddress.DeployAsync("web");
        await local.DeployAsync("web");

        (await Outcome.OfAsync(() => noAddress.AddAsync("web", $"t{Guid.NewGuid():N}.example"))).Should().Be("DOMAINS_NOT_SET_UP");
        (await Outcome.OfAsync(() => local.AddAsync("web", FreshName()))).Should().Be("DOMAINS_NOT_SET_UP");
    }
}
