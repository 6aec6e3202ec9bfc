using FluentAssertions;
using Nexus.Core.Sources.Folders;
using Xunit;

namespace Nexus.Core.Tests.Sources.Folders;

/// <summary>Where links lead.</summary>
public sealed class SourceLinksTests
{
    [Theory]
    [InlineData("a", "b")]
    [InlineData("a/b", "../c")]
    [InlineData("a/b", "..")]
    [InlineData("a", "missing/../b")]
    [InlineData("a", "a")]
    public void Inside(string path, string target) => Links((path, target)).StaysInside(path).Should().BeTrue();

    [Theory]
    [InlineData("a", "..")]
    [InlineData("a/b", "../../c")]
    [InlineData("a", "/etc/passwd")]
    [InlineData("a", "b/../../c")]
    public void Outside(string path, string target) => Links((path, target)).StaysInside(path).Should().BeFalse();

    [Fact]
    public void A_link_through_another_is_followed_as_the_system_does()
    {
        // By its text the second stays inside: x/up/../../etc is x/../etc. But x/up is the top.
        var links = Links(("x/up", ".."), ("x/out", "up/../etc"));
        links.StaysInside("x/up").Should().BeTrue();
        links.StaysInside("x/out").Should().BeFalse();
    }

    [Fact]
    public void A_maze_of_links_is_refused_before_it_costs_much()
    {
        var links = Links([.. Enumerable.Range(0, 5000).Select(number => ($"l{number}", string.Join('/', Enumerable.Repeat($"l{number + 1}/.", 100))))]);
        Enumerable.Range(0, 5000).Count(number => links.StaysInside($"l{number}")).Should().BeLessThan(200);
    }

    private static SourceLinks Links(params (string Path, string Target)[] all)
    {
        var links = new SourceLinks();
        foreach (var (path, target) in all) links.Add(path, target);
        return links;
    }
}
