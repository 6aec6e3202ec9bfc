using FluentAssertions;
using Nexus.Core.Providers.Docker.Building;
using Xunit;

namespace Nexus.Core.Tests.Providers.Docker.Building;

public sealed class DockerIgnoreTests
{
    [Theory]
    [InlineData("node_modules", "node_modules/a/b.js", true)]
    [InlineData("node_modules", "web/node_modules/a.js", false)]
    [InlineData("**/node_modules", "web/node_modules/a.js", true)]
    [InlineData("**/node_modules", "node_modules", true)]
    [InlineData("/dist/", "dist/main.js", true)]
    [InlineData("*.md", "README.md", true)]
    [InlineData("*.md", "docs/README.md", false)]
    [InlineData("*.md\n!README.md", "README.md", false)]
    [InlineData("docs\n!docs/keep.txt", "docs/keep.txt", false)]
    [InlineData("docs/**", "docs/a/b", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("# a comment\n\n  ", "a", false)]
    [InlineData("secret.(txt)", "secret.(txt)", true)]
    public void The_last_rule_that_fits_decides(string rules, string path, bool ignored) =>
        DockerIgnore.Parse(rules).Ignores(path).Should().Be(ignored);
}
