using FluentAssertions;
using Nexus.Core.Sources;
using Xunit;

namespace Nexus.Core.Tests.Sources;

public sealed class ImageReferenceTests
{
    private const string Sha = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("nginx:1.27", null, "nginx", "1.27", null)]
    [InlineData("acme/web:latest", null, "acme/web", "latest", null)]
    [InlineData("docker.io/library/nginx:1", "docker.io", "library/nginx", "1", null)]
    [InlineData("node:5000/x:1", "node:5000", "x", "1", null)]
    [InlineData("localhost/x:1", "localhost", "x", "1", null)]
    [InlineData("localhost:5000/a/b/c:1", "localhost:5000", "a/b/c", "1", null)]
    [InlineData("GHCR/acme/web:1", "GHCR", "acme/web", "1", null)]
    [InlineData("[::1]:5000/x:1", "[::1]:5000", "x", "1", null)]
    [InlineData("registry.example.com:443/x_y/z__a/b.c/d---e:V1_2.3-rc", "registry.example.com:443", "x_y/z__a/b.c/d---e", "V1_2.3-rc", null)]
    [InlineData("nginx@" + Sha, null, "nginx", null, Sha)]
    [InlineData("ghcr.io/acme/web:1@" + Sha, "ghcr.io", "acme/web", "1", Sha)]
    public void A_reference_is_read_as_the_engine_reads_it(string text, string? registry, string repository, string? tag, string? digest)
    {
        var image = ImageReference.Parse(text);

        image.Should().Be(new ImageReference(registry, repository, tag, digest));
        image.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("nginx:1", "docker.io", "library/nginx", "nginx")]
    [InlineData("library/nginx:1", "docker.io", "library/nginx", "nginx")]
    [InlineData("docker.io/nginx:1", "docker.io", "library/nginx", "nginx")]
    [InlineData("index.docker.io/library/nginx:1", "docker.io", "library/nginx", "nginx")]
    [InlineData("DOCKER.IO/library/nginx:1", "docker.io", "library/nginx", "nginx")]
    [InlineData("acme/web:1", "docker.io", "acme/web", "acme/web")]
    [InlineData("library/acme/web:1", "docker.io", "library/acme/web", "library/acme/web")]
    [InlineData("ghcr.io/nginx:1", "ghcr.io", "nginx", "ghcr.io/nginx")]
    [InlineData("nginx:5000/x:1", "nginx:5000", "x", "nginx:5000/x")]
    public void Names_of_the_same_repository_come_to_the_same(string text, string host, string path, string familiar)
    {
        var image = ImageReference.Parse(text);

        (image.Host, image.Path, image.FamiliarName).Should().Be((host, path, familiar));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("nginx:")]
    [InlineData(":1")]
    [InlineData("nginx:1:2")]
    [InlineData("nginx :1")]
    [InlineData(" nginx:1")]
    [InlineData("nginx:1\n")]
    [InlineData("nginx:1\0")]
    [InlineData("nginx:-1")]
    [InlineData("nginx:.1")]
    [InlineData("nginx:ä")]
    [InlineData("ngınx:1")]
    [InlineData("ｎginx:1")]
    [InlineData("-nginx:1")]
    [InlineData("nginx-:1")]
    [InlineData("ng___inx:1")]
    [InlineData("ng..inx:1")]
    [InlineData("/nginx:1")]
    [InlineData("acme//web:1")]
    [InlineData("acme/../web:1")]
    [InlineData("https://nginx:1")]
    [InlineData("nginx@sha256:abc")]
    [InlineData("nginx@md5:0123456789abcdef0123456789abcdef")]
    [InlineData("nginx@" + Sha + "@" + Sha)]
    [InlineData("nginx@" + Sha + "\n")]
    [InlineData("NGINX:1")]
    [InlineData("acme/Web:1")]
    [InlineData("host:port/x:1")]
    [InlineData("host:123456/x:1")]
    [InlineData("user@host/x:1")]
    [InlineData("-host.example/x:1")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef:1")]
    public void What_is_no_reference_is_refused(string text) => RefusalOf(text).Code.Should().Be("INVALID_IMAGE");

    [Theory]
    [InlineData("nginx")]
    [InlineData("acme/web")]
    [InlineData("node:5000/x")]
    public void A_reference_must_carry_a_tag_or_digest(string text)
    {
        var refusal = RefusalOf(text);

        refusal.Message.Should().Be($"Image '{text}' must carry a tag or digest.");
        refusal.Hint.Should().Contain($"{text}:latest");
        refusal.Field.Should().Be("image");
    }

    [Fact]
    public void Upper_case_is_named_as_the_fault() =>
        RefusalOf("acme/Web:1").Message.Should().Be("Image 'acme/Web:1': the repository must be lower-case.");

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_tag_has_at_most_128_characters(int length, bool valid) => IsValid($"nginx:{new string('a', length)}").Should().Be(valid);

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_name_has_at_most_255_characters(int length, bool valid) => IsValid($"{new string('a', length)}:1").Should().Be(valid);

    [Fact]
    public void What_is_shown_of_a_refused_text_is_short_and_printable()
    {
        var refusal = RefusalOf(new string('\u0007', 900));

        refusal.Message.Length.Should().BeLessThan(300);
        refusal.Message.Should().NotContain("\u0007");
        RefusalOf(new string('a', 1_000_000)).Message.Length.Should().BeLessThan(300);
    }

    private static NexusException RefusalOf(string text) =>
        FluentActions.Invoking(() => ImageReference.Parse(text)).Should().Throw<NexusException>().Which;

    private static bool IsValid(string text)
    {
        try
        {
            ImageReference.Parse(text);
            return true;
        }
        catch (NexusException)
        {
            return false;
        }
    }
}
