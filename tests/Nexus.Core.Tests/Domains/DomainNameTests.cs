using FluentAssertions;
using Nexus.Core.Domains.Names;
using Xunit;

namespace Nexus.Core.Tests.Domains;

public sealed class DomainNameTests
{
    private static readonly ServerAddresses Addresses =
        new("https://nexus.example.com", "https://mcp.example.com", "https://auth.example.com", "apps.example.com");

    [Theory]
    [InlineData("shop.example.com", "shop.example.com")]
    [InlineData("Shop.Example.COM.", "shop.example.com")]
    [InlineData("example.co.uk", "example.co.uk")]
    [InlineData("bücher.example.com", "xn--bcher-kva.example.com")]
    [InlineData("BÜCHER.example.com", "xn--bcher-kva.example.com")]
    [InlineData("例え.テスト.example.jp", "xn--r8jz45g.xn--zckzah.example.jp")]
    [InlineData("me.github.io", "me.github.io")]
    [InlineData("city.kawasaki.jp", "city.kawasaki.jp")]
    public void A_domain_is_taken_in_lower_case_and_punycode(string asked, string name) =>
        DomainName.Check(asked, Addresses).Should().Be(name);

    [Theory]
    [InlineData("*.example.com", "Wildcards")]
    [InlineData("com", "not a domain name")]
    [InlineData("co.uk", "public suffix")]
    [InlineData("github.io", "public suffix")]
    [InlineData("foo.kawasaki.jp", "public suffix")]
    [InlineData("203.0.113.7", "IP address")]
    [InlineData("[2001:db8::1]", "IP address")]
    [InlineData("127.1", "IP address")]
    [InlineData("1.2.3.4.5", "not a domain name")]
    [InlineData("nexus.example.com", "the server itself")]
    [InlineData("MCP.example.com", "the server itself")]
    [InlineData("deep.auth.example.com", "the server itself")]
    [InlineData("apps.example.com", "the server itself")]
    [InlineData("web.apps.example.com.", "the server itself")]
    [InlineData("web.localhost", "not in public DNS")]
    [InlineData("7.113.0.203.in-addr.arpa", "not in public DNS")]
    [InlineData("https://shop.example.com", "not a domain name")]
    [InlineData("shop.example.com:443", "not a domain name")]
    [InlineData("shop.example.com/x", "not a domain name")]
    [InlineData("shop_1.example.com", "not a domain name")]
    [InlineData("-shop.example.com", "not a domain name")]
    [InlineData("shop..example.com", "not a domain name")]
    [InlineData("shop.example.com\n", "not a domain name")]
    [InlineData("shop.exam ple.com", "not a domain name")]
    [InlineData("\ufffd.example.com", "not a domain name")]
    [InlineData("shop\u200b.example.com", "not a domain name")]
    [InlineData("", "not a domain name")]
    [InlineData(".", "not a domain name")]
    public void What_can_be_nobodys_is_refused_with_the_reason(string asked, string reason)
    {
        var act = () => DomainName.Check(asked, Addresses);

        var refusal = act.Should().Throw<NexusException>().Which;
        refusal.Should().BeEquivalentTo(new { Code = "INVALID_DOMAIN", Field = "domain" });
        refusal.Message.Should().Contain(reason);
    }

    [Fact]
    public void A_name_that_leaves_no_room_for_its_challenge_is_too_long()
    {
        var label = new string('a', 63);
        var longest = $"{label}.{label}.{label}.{new string('a', DomainName.Longest - 3 * 64 - 4)}.com";

        DomainName.Check(longest, Addresses).Should().HaveLength(DomainName.Longest);
        FluentActions.Invoking(() => DomainName.Check("a" + longest, Addresses)).Should().Throw<NexusException>();
        FluentActions.Invoking(() => DomainName.Check("a" + label + ".com", Addresses)).Should().Throw<NexusException>();
    }

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("www.example.com", false)]
    [InlineData("example.co.uk", true)]
    [InlineData("www.example.co.uk", false)]
    [InlineData("www.ck", true)]
    [InlineData("something.unknowntld", true)]
    public void What_is_registered_is_told_from_what_is_below_it(string name, bool registrable) =>
        PublicSuffixes.IsRegistrable(name).Should().Be(registrable);
}
