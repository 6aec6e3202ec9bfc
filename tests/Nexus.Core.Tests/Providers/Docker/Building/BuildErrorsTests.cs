using FluentAssertions;
using Nexus.Core.Providers.Docker.Building;
using Xunit;

namespace Nexus.Core.Tests.Providers.Docker.Building;

public sealed class BuildErrorsTests
{
    /// <summary>In the words of BuildKit before and after version 23, and of the classic builder.</summary>
    [Theory]
    [InlineData("executor failed running [/bin/sh -c make]: exit code: 2", "BUILD_FAILED", false)]
    [InlineData("ERROR: failed to solve: process \"/bin/sh -c make\" did not complete successfully: exit code: 2", "BUILD_FAILED", false)]
    [InlineData("The command '/bin/sh -c make' returned a non-zero code: 2", "BUILD_FAILED", false)]
    [InlineData("failed to compute cache key: \"/missing\" not found: not found", "BUILD_FAILED", false)]
    [InlineData("failed to register layer: write /x: no space left on device", "PROVIDER_DISK_FULL", true)]
    [InlineData("error during connect: Post http://docker/build: EOF", "PROVIDER_UNAVAILABLE", true)]
    [InlineData("failed to do request: Head \"https://registry.example/v2/\": dial tcp: lookup registry.example: no such host", "BASE_IMAGE_UNAVAILABLE", true)]
    [InlineData("pull access denied for node, repository does not exist: denied", "BASE_IMAGE_UNAVAILABLE", false)]
    public void The_builders_last_word_tells_what_it_was(string last, string code, bool transient)
    {
        var failure = BuildErrors.From(["#5 RUN make", last]);

        (failure.Code, failure.Transient).Should().Be((code, transient));
        failure.Hint.Should().NotBeNullOrEmpty();
    }
}
