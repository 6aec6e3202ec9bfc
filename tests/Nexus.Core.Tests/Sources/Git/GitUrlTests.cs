using FluentAssertions;
using Nexus.Core.Sources.Git;
using Xunit;

namespace Nexus.Core.Tests.Sources.Git;

/// <summary>What may be written for a repository, a branch and a secret.</summary>
public sealed class GitUrlTests
{
    [Theory]
    [InlineData("https://github.com/acme/web", "https://github.com/acme/web")]
    [InlineData("HTTPS://GitHub.com/acme/web.git", "https://github.com/acme/web.git")]
    [InlineData("https://git.example.com:8443/a/../b", "https://git.example.com:8443/b")]
    [InlineData("http://git.intranet/web", "http://git.intranet/web")]
    public void Good(string text, string read) => GitUrl.Parse(text, host => host == "git.intranet").Text.Should().Be(read);

    [Theory]
    [InlineData("")]
    [InlineData("http://github.com/acme/web")]
    [InlineData("ssh://git@github.com/acme/web")]
    [InlineData("git@github.com:acme/web.git")]
    [InlineData("git://github.com/acme/web")]
    [InlineData("file:///etc")]
    [InlineData("/etc")]
    [InlineData("./web")]
    [InlineData("ext::sh -c id")]
    [InlineData("ext::https://github.com/acme/web")]
    [InlineData("fd::17")]
    [InlineData("--upload-pack=id")]
    [InlineData("-https://github.com/acme/web")]
    [InlineData("https://user:hunter2@github.com/acme/web")]
    [InlineData("https://hunter2@github.com/acme/web")]
    [InlineData("https://github.com")]
    [InlineData("https://github.com/")]
    [InlineData("https:///acme/web")]
    [InlineData("https://github.com/acme/web?x=1")]
    [InlineData("https://github.com/acme/web#main")]
    [InlineData("https://github.com/acme/web%0ahost=evil")]
    [InlineData("https://github.com/acme/web\n")]
    [InlineData("https://github.com/acme web")]
    [InlineData("https://gíthub.com/acme/web")]
    [InlineData("https://github.com\\@evil.example/web")]
    [InlineData("ftp://github.com/acme/web")]
    [InlineData("javascript://github.com/%0aalert")]
    public void Bad(string text)
    {
        var refusal = FluentActions.Invoking(() => GitUrl.Parse(text, _ => false)).Should().Throw<NexusException>().Which;
        refusal.Code.Should().Be("REPOSITORY_URL_NOT_ALLOWED");
        refusal.Field.Should().Be("repoUrl");
        refusal.Hint.Should().NotBeNullOrEmpty();
        $"{refusal.Message} {refusal.Hint}".Should().NotContain("hunter2");
    }

    [Fact]
    public void Too_long() =>
        FluentActions.Invoking(() => GitUrl.Parse("https://github.com/" + new string('a', 1000), _ => false)).Should().Throw<NexusException>();

    [Theory]
    [InlineData("main")]
    [InlineData("feature/größe-1.2_x")]
    [InlineData("v1.2.3")]
    [InlineData("refs/tags/v1")]
    [InlineData("0123456789012345678901234567890123456789")]
    public void Good_branches(string name) => FluentActions.Invoking(() => GitRevision.Check(name)).Should().NotThrow();

    [Theory]
    [InlineData("")]
    [InlineData("-x")]
    [InlineData("--upload-pack=id")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("a:b")]
    [InlineData("+a:b")]
    [InlineData("*")]
    [InlineData("^main")]
    [InlineData("a~1")]
    [InlineData("@{-1}")]
    [InlineData("@")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a.lock")]
    [InlineData(".a")]
    [InlineData("a\\b")]
    public void Bad_branches(string name) => FluentActions.Invoking(() => GitRevision.Check(name)).Should().Throw<NexusException>()
        .Which.Should().Match<NexusException>(refusal => refusal.Code == "INVALID_BRANCH" && refusal.Field == "repoBranch");

    [Fact]
    public void A_credential_never_shows() => $"{GitCredential.Parse("ada:hunter2")} {new GitSource("https://a/b", "c", "hunter2")}".Should().NotContain("hunter2");
}
