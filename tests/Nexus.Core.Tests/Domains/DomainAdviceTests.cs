using System.Net;
using FluentAssertions;
using Nexus.Core.Domains;
using Nexus.Testing;
using Xunit;
using static Nexus.Core.Tests.Domains.DomainBench;

namespace Nexus.Core.Tests.Domains;

/// <summary>What a person is told to do, for what their DNS really says.</summary>
public sealed class DomainAdviceTests(Shared<DnsServer> dns)
{
    [Fact]
    public async Task A_record_that_nobody_sees_is_not_visible_yet()
    {
        await using var bench = await StartAsync(dns);
        var report = await VerifyAsync(bench, FreshName());

        report.Records.Should().ContainSingle().Which.Found.Should().BeEmpty();
        report.Advice.Should().ContainSingle().Which.Should().Contain("not visible yet");
    }

    [Fact]
    public async Task A_record_that_some_resolvers_see_has_to_be_waited_for()
    {
        await using var bench = await StartAsync(dns);
        var name = FreshName();
        await bench.Dns.AddToFirstAsync(name, "CNAME", "web.apps.test");

        var report = await VerifyAsync(bench, name);

        report.Verified.Should().BeFalse();
        report.Records.Should().ContainSingle().Which.Found.Should().Equal("web.apps.test");
        report.Advice.Should().ContainSingle().Which.Should().Contain("visible to 1 of 2 resolvers");
    }

    [Fact]
    public async Task Another_alias_has_to_be_changed()
    {
        await using var bench = await StartAsync(dns);
        var name = FreshName();
        await bench.Dns.AddAsync(name, "CNAME", "old.example.net");

        var report = await VerifyAsync(bench, name);

        report.Records.Should().ContainSingle().Which.Found.Should().Equal("old.example.net");
        report.Advice.Should().ContainSingle().Which.Should().Contain("another CNAME record (old.example.net)").And.Contain("web.apps.test");
    }

    [Fact]
    public async Task Addresses_in_the_aliass_place_have_to_go()
    {
        await using var bench = await StartAsync(dns);
        var name = FreshName();
        await bench.Dns.AddAsync(name, "A", "198.51.100.1");

        (await VerifyAsync(bench, name)).Advice.Should().ContainSingle().Which.Should().Contain("address records (198.51.100.1)");
    }

    [Theory]
    [InlineData("A", "104.16.1.1")]
    [InlineData("AAAA", "2606:4700::1")]
    public async Task A_proxied_name_has_to_be_DNS_only(string type, string address)
    {
        await using var bench = await StartAsync(dns);
        var name = FreshName();
        await bench.Dns.AddAsync(name, type, address);

        (await VerifyAsync(bench, name)).Advice.Should().ContainSingle().Which.Should().Contain("proxied by Cloudflare").And.Contain("DNS only");
    }

    [Fact]
    public async Task A_domain_that_points_here_and_elsewhere_is_not_ready()
    {
        await using var bench = await StartAsync(dns);
        var name = $"t{Guid.NewGuid():N}.example";
        await bench.Dns.AddAsync(name, "A", PublicAddress);
        await bench.Dns.AddAsync(name, "A", "198.51.100.1");

        var report = await VerifyAsync(bench, name);

        report.Records[0].Should().BeEquivalentTo(new { Ok = false, Found = new[] { "198.51.100.1", PublicAddress } });
        report.Advice.Should().Contain(advice => advice.Contains("Remove the others"));
    }

    [Fact]
    public async Task An_IPv6_address_that_leads_elsewhere_is_told_of()
    {
        await using var bench = await StartAsync(dns);
        var name = $"t{Guid.NewGuid():N}.example";
        await bench.Dns.AddAsync(name, "A", PublicAddress);
        await bench.Dns.AddAsync(name, "AAAA", "2001:db8::1");

        var report = await VerifyAsync(bench, name);

        report.Records[0].Ok.Should().BeTrue();
        report.Advice.Should().Contain(advice => advice.Contains("AAAA records (2001:db8::1)"));
    }

    [Theory]
    [InlineData("0 issue \"other.example\"", true)]
    [InlineData("0 issue \";\"", true)]
    [InlineData("0 issue \"letsencrypt.org; validationmethods=http-01\"", false)]
    [InlineData("0 iodef \"mailto:you@example.com\"", false)]
    public async Task CAA_records_above_the_name_that_forbid_the_authority_are_told_of(string caa, bool forbids)
    {
        await using var bench = await StartAsync(dns);
        var name = FreshName();
        await bench.Dns.AddAsync(name[(name.IndexOf('.') + 1)..], "CAA", caa);
        await bench.Dns.AddAsync(name, "CNAME", "web.apps.test");

        var report = await VerifyAsync(bench, name);

        report.Verified.Should().BeTrue("it forbids the certificate, not the domain");
        report.Advice.Any(advice => advice.Contains("CAA")).Should().Be(forbids);
    }

    [Fact]
    public async Task Resolvers_that_do_not_answer_prove_nothing()
    {
        var (up, down) = ((await dns.GetAsync()).Resolvers[0], new IPEndPoint(IPAddress.Loopback, LoopbackPort.Next()));
        await using var bench = await StartAsync(dns, options: new() { Resolvers = [up, down] });
        var name = FreshName();
        await bench.Dns.AddAsync(name, "CNAME", "web.apps.test");

        var report = await VerifyAsync(bench, name);

        report.Verified.Should().BeFalse();
        report.Advice.Should().ContainSingle().Which.Should().Contain("Only 1 of 2 resolvers answered");
    }

    [Fact]
    public async Task Control_characters_in_a_record_do_not_reach_the_agent()
    {
        await using var bench = await StartAsync(dns);
        var name = $"t{Guid.NewGuid():N}.example";
        await bench.Dns.AddAsync($"_nexus-challenge.{name}", "TXT", @"a\027[31m" + new string('x', 200));

        var found = (await VerifyAsync(bench, name)).Records[1].Found.Should().ContainSingle().Which;

        found.Should().StartWith("a�[31mxxx").And.HaveLength(121);
    }

    private static async Task<DomainVerification> VerifyAsync(DomainBench bench, string name)
    {
        await bench.DeployAsync("web");
        return await bench.VerifyAsync("web", (await bench.AddAsync("web", name)).Id);
    }
}
