using FluentAssertions;
using Nexus.Core.Providers.Docker;
using Xunit;

namespace Nexus.Core.Tests.Providers.Docker;

/// <summary>Sentences that engines from 20.10 to 29 have been seen to say.</summary>
public sealed class PullErrorsTests
{
    [Theory]
    [InlineData("manifest for nginx:9.99 not found: manifest unknown: manifest unknown", "IMAGE_NOT_FOUND", false)]
    [InlineData("failed to resolve reference \"docker.io/library/nginx:9.99\": docker.io/library/nginx:9.99: not found", "IMAGE_NOT_FOUND", false)]
    [InlineData("name unknown: repository name not known to registry", "IMAGE_NOT_FOUND", false)]
    [InlineData("pull access denied for nope/nope, repository does not exist or may require 'docker login': denied: requested access to the resource is denied", "IMAGE_PULL_DENIED", false)]
    [InlineData("Head \"https://ghcr.io/v2/a/b/manifests/1\": denied", "IMAGE_PULL_DENIED", false)]
    [InlineData("Head \"https://ghcr.io/v2/a/b/manifests/1\": unauthorized", "IMAGE_PULL_DENIED", false)]
    [InlineData("no basic auth credentials", "IMAGE_PULL_DENIED", false)]
    [InlineData("toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading", "REGISTRY_RATE_LIMITED", true)]
    [InlineData("no matching manifest for linux/amd64 in the manifest list entries", "IMAGE_PLATFORM_MISMATCH", false)]
    [InlineData("image with reference x was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64", "IMAGE_PLATFORM_MISMATCH", false)]
    [InlineData("Get \"https://r.example/v2/\": dial tcp: lookup r.example on 10.0.0.1:53: no such host", "REGISTRY_UNREACHABLE", true)]
    [InlineData("Get \"http://localhost:5999/v2/\": dial tcp 127.0.0.1:5999: connect: connection refused", "REGISTRY_UNREACHABLE", true)]
    [InlineData("Get \"https://registry-1.docker.io/v2/\": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)", "REGISTRY_UNREACHABLE", true)]
    [InlineData("Get \"https://r.example/v2/\": net/http: TLS handshake timeout", "REGISTRY_UNREACHABLE", true)]
    [InlineData("received unexpected HTTP status: 503 Service Unavailable", "REGISTRY_UNREACHABLE", true)]
    [InlineData("unexpected EOF", "REGISTRY_UNREACHABLE", true)]
    [InlineData("Get \"https://r.example/v2/\": x509: certificate signed by unknown authority", "REGISTRY_UNTRUSTED", false)]
    [InlineData("Get \"https://10.0.0.1:5000/v2/\": http: server gave HTTP response to HTTPS client", "REGISTRY_UNTRUSTED", false)]
    [InlineData("failed to register layer: write /usr/lib/x: no space left on device", "PROVIDER_DISK_FULL", true)]
    [InlineData("something new", "IMAGE_PULL_FAILED", true)]
    public void A_sentence_of_the_engine_becomes_a_code(string sentence, string code, bool transient)
    {
        var failure = PullErrors.From("nginx:9.99", sentence, inner: null);

        (failure.Code, failure.Transient).Should().Be((code, transient));
        failure.Hint.Should().NotBeNullOrEmpty();
    }
}
