using FluentAssertions;
using Nexus.Core.Sources;
using Xunit;

namespace Nexus.Core.Tests.Sources;

public sealed class ImagePolicyTests
{
    private const string Sha = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("nginx:1.27")]
    [InlineData("nginx@" + Sha)]
    [InlineData("nginx:1.27@" + Sha)]
    [InlineData("docker.io/library/nginx:latest")]
    [InlineData("docker.io/nginx:latest")]
    [InlineData("index.docker.io/library/nginx:latest")]
    [InlineData("library/postgres:16")]
    [InlineData("gcc:14")]
    public void Official_images_are_allowed_however_they_are_written(string image) => Allows(image).Should().BeTrue();

    [Theory]
    [InlineData("nginx:5000/x:1")]
    [InlineData("nginx.example.com/nginx:1")]
    [InlineData("ghcr.io/library/nginx:1")]
    [InlineData("localhost/nginx:1")]
    [InlineData("NGINX/nginx:1")]
    [InlineData("nginx/nginx:1")]
    [InlineData("library/nginx/x:1")]
    [InlineData("docker.io/evil/nginx:1")]
    [InlineData("docker.io:443/library/nginx:1")]
    [InlineData("docker.io.evil.example/library/nginx:1")]
    [InlineData("registry-1.docker.io/library/nginx:1")]
    [InlineData("nginxx:1")]
    [InlineData("nginx-evil:1")]
    [InlineData("nodejs:20")]
    [InlineData("busybox:1")]
    [InlineData("evil/node:1@" + Sha)]
    public void Look_alikes_are_not(string image) => Allows(image).Should().BeFalse();

    [Theory]
    [InlineData("ghcr.io/acme/", "ghcr.io/acme/web:1", true)]
    [InlineData("ghcr.io/acme/", "ghcr.io/acme/team/web@" + Sha, true)]
    [InlineData("ghcr.io/acme/", "GHCR.io/acme/web:1", true)]
    [InlineData("ghcr.io/acme", "ghcr.io/acme/web:1", true)]
    [InlineData("ghcr.io/acme", "ghcr.io/acme-evil/web:1", false)]
    [InlineData("ghcr.io/acme/", "ghcr.io/other/web:1", false)]
    [InlineData("ghcr.io/acme/", "ghcr.io:8443/acme/web:1", false)]
    [InlineData("ghcr.io/acme/", "acme/web:1", false)]
    [InlineData("ghcr.io/acme/web:", "ghcr.io/acme/web:1", true)]
    [InlineData("ghcr.io/acme/web:", "ghcr.io/acme/web2:1", false)]
    [InlineData("ghcr.io/acme/web:", "ghcr.io/acme/web/x:1", false)]
    [InlineData("ghcr.io/acme/web:1.", "ghcr.io/acme/web:1.2", true)]
    [InlineData("ghcr.io/acme/web:1.", "ghcr.io/acme/web:2.0", false)]
    [InlineData("ghcr.io/acme/web:1.", "ghcr.io/acme/web@" + Sha, false)]
    [InlineData("ghcr.io/acme/web:1.", "ghcr.io/acme/web:1.2@" + Sha, false)]
    [InlineData("localhost:5000/", "localhost:5000/x:1", true)]
    [InlineData("docker.io/acme/", "acme/web:1", true)]
    [InlineData("docker.io/", "acme/web:1", true)]
    [InlineData("docker.io/", "ghcr.io/acme/web:1", false)]
    [InlineData("ghcr.io", "ghcr.io/acme/web:1", true)]
    [InlineData("localhost:5000/", "localhost:5001/x:1", false)]
    [InlineData("acme/", "acme/web:1", true)]
    [InlineData("acme/", "docker.io/acme/web:1", true)]
    [InlineData("acme/", "acme.example/web:1", false)]
    [InlineData("busybox:", "busybox:1", true)]
    [InlineData("busybox", "busybox:1", true)]
    [InlineData("busybox", "busybox/evil:1", false)]
    [InlineData("busybox/", "busybox/good:1", true)]
    [InlineData("busybox/", "busybox:1", false)]
    [InlineData("*", "anything.example:1/at/all:1", true)]
    public void The_operator_can_allow_more(string prefix, string image, bool allowed) => Allows(image, prefix).Should().Be(allowed);

    [Fact]
    public void A_refusal_says_what_is_allowed()
    {
        var check = () => new ImagePolicy(new ImageOptions { AllowedPrefixes = ["ghcr.io/acme/"] }).Check("busybox:1");

        var refusal = check.Should().Throw<NexusException>().Which;
        (refusal.Code, refusal.Field).Should().Be(("IMAGE_NOT_ALLOWED", "image"));
        refusal.Message.Should().Be("Image 'busybox:1' is not allowed on this server.");
        refusal.Hint.Should().Contain("node, python, nginx").And.Contain("ghcr.io/acme/").And.Contain("Nexus__Images__AllowedPrefixes");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData(":")]
    [InlineData("https://ghcr.io/acme/")]
    [InlineData("//")]
    [InlineData("acme//")]
    [InlineData("ghcr.io/acme/*")]
    [InlineData("ghcr.io/acme web/")]
    public void A_prefix_that_can_match_nothing_is_refused_at_start(string prefix)
    {
        var create = () => new ImagePolicy(new ImageOptions { AllowedPrefixes = [prefix] });

        create.Should().Throw<FormatException>().WithMessage($"'{prefix}' is not the beginning of an image name*");
    }

    private static bool Allows(string image, params string[] prefixes)
    {
        try
        {
            new ImagePolicy(new ImageOptions { AllowedPrefixes = prefixes }).Check(image);
            return true;
        }
        catch (NexusException refusal) when (refusal.Code == "IMAGE_NOT_ALLOWED")
        {
            return false;
        }
    }
}
