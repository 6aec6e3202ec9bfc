using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Providers;
using Nexus.Core.Providers.Docker;
using Xunit;

namespace Nexus.Core.Tests.Providers;

public sealed class ProviderCatalogTests : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddDockerProvider(new DockerOptions { Host = "unix:///nonexistent/docker.sock" })
        .AddSingleton<ProviderCatalog>()
        .BuildServiceProvider();

    private ProviderCatalog Catalog => _services.GetRequiredService<ProviderCatalog>();

    [Fact]
    public void Every_provider_of_the_contract_is_listed_once() => Catalog.All.Select(provider => provider.Id).Should().Equal(
        "docker", "swarm", "gcp_cloud_run", "aws_ecs_fargate", "azure_container_apps");

    [Theory]
    [InlineData("docker", "docker")]
    [InlineData("local-docker", "docker")]
    [InlineData("gcp-cloud-run", "gcp_cloud_run")]
    [InlineData("aws_app_runner", "aws_ecs_fargate")]
    public void A_provider_is_found_by_its_names(string name, string id) => Catalog.Get(name).Id.Should().Be(id);

    [Fact]
    public void An_unknown_one_is_refused_with_the_known_ones()
    {
        var refusal = FluentActions.Invoking(() => Catalog.Get("heroku")).Should().Throw<NexusException>().Which;

        (refusal.Code, refusal.Field).Should().Be(("UNKNOWN_PROVIDER", "provider"));
        refusal.Hint.Should().Contain("docker, swarm, gcp_cloud_run");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("docker")]
    [InlineData("swarm")]
    [InlineData("aws_app_runner")]
    public async Task One_that_cannot_be_used_is_refused_in_the_words_of_its_listing(string? name)
    {
        var listed = await Catalog.Get(name ?? "docker").CheckAsync(TestContext.Current.CancellationToken);

        var require = () => Catalog.RequireAvailableAsync(name, TestContext.Current.CancellationToken);

        var refusal = (await require.Should().ThrowAsync<NexusException>()).Which;
        (refusal.Code, refusal.Message).Should().Be(("PROVIDER_UNAVAILABLE", listed.Reason!));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
