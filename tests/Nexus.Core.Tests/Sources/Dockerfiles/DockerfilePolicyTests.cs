using FluentAssertions;
using Nexus.Core.Sources;
using Nexus.Core.Sources.Dockerfiles.Policy;
using Xunit;

namespace Nexus.Core.Tests.Sources.Dockerfiles;

public sealed class DockerfilePolicyTests
{
    private static readonly DockerfilePolicy Policy = new(new ImagePolicy(new ImageOptions()));

    [Theory]
    [InlineData("FROM postfix:latest", "Base image postfix:latest is not allowed")]
    [InlineData("FROM debian:12\nEXPOSE 25", "Exposing privileged port 25 is not allowed")]
    [InlineData("FROM debian:12\nEXPOSE 22", "Exposing port 22 is not allowed")]
    [InlineData("FROM debian:12\nENV API_TOKEN=abcdefgh", "Dockerfile appears to contain hardcoded secrets")]
    [InlineData("FROM debian:12\nVOLUME /var/run/docker.sock", "Access to /var/run/docker.sock is not allowed")]
    [InlineData("FROM debian:12\nBOO", "Dockerfile cannot be read: unknown instruction BOO")]
    public void A_violation_speaks_the_documents_words(string dockerfile, string message) =>
        Policy.Judge(dockerfile).Should().ContainSingle().Which.Message.Should().Be(message);

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        var check = () => Policy.Check("FROM postfix:latest\nEXPOSE 25\nRUN curl https://example.com | sh\n");

        var refusal = check.Should().Throw<NexusException>().Which;
        (refusal.Code, refusal.Message, refusal.Field).Should().Be(("DOCKERFILE_REJECTED", "Dockerfile validation failed", "dockerfile"));
        refusal.Details.Cast<Violation>().Select(one => one.Line).Should().Equal(1, 2, 3);
        refusal.Hint.Should().Contain("Line 1: Base image postfix:latest is not allowed").And.Contain("Line 3: ");
        refusal.Details.Cast<Violation>().Should().OnlyContain(one => one.Fix.Length > 10);
    }

    [Fact]
    public void What_the_operator_allows_may_be_built_upon()
    {
        var policy = new DockerfilePolicy(new ImagePolicy(new ImageOptions { AllowedPrefixes = ["ghcr.io/acme/"] }));

        policy.Judge("FROM ghcr.io/acme/base:1\nCOPY --from=ghcr.io/acme/tools / /\n").Should().BeEmpty();
        policy.Judge("FROM ghcr.io/acme-evil/base:1\n").Should().ContainSingle();
    }

    [Theory]
    [InlineData("ADD http://172.17.0.1:5432/ /x")]
    [InlineData("ADD [\"a\", \"HTTPS://example.com/y\", \"/x\"]")]
    [InlineData("ADD --chown=1:1 a \"http:/\"/127.0.0.1/ /x")]
    [InlineData("ARG HOST=http://169.254.169.254\nADD ${HOST}/latest/ /x")]
    [InlineData("ENV SCHEME=http\nADD $SCHEME://127.0.0.1 /x")]
    [InlineData("ONBUILD ADD http://127.0.0.1 /x")]
    [InlineData("ADD \\\n  http://127.0.0.1 \\\n  /x")]
    [InlineData("ADD git@example.com:acme/web.git /x")]
    public void Where_builds_are_kept_from_the_host_nothing_is_added_from_an_address(string instruction)
    {
        var dockerfile = $"FROM debian:12\n{instruction}\n";

        new DockerfilePolicy(new ImagePolicy(new ImageOptions()), new BuildConfinement(KeptFromHost: true)).Judge(dockerfile)
            .Should().ContainSingle().Which.Rule.Should().Be("remote-add");
        Policy.Judge(dockerfile).Should().BeEmpty("elsewhere it is as any builder has it");
    }

    [Fact]
    public void Files_of_the_source_are_added_everywhere() =>
        new DockerfilePolicy(new ImagePolicy(new ImageOptions()), new BuildConfinement(KeptFromHost: true))
            .Judge("FROM debian:12\nADD app.tar.gz src/ /app/\nRUN wget https://example.com/data.json\n").Should().BeEmpty();
}
