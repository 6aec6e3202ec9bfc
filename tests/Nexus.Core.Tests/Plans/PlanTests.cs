using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Plans;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Plans;

/// <summary>What a plan allows, and that nothing gets past it. The engine runs nothing here.</summary>
public sealed class PlanTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
{
    private static readonly CommandOptions None = CommandOptions.None;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Fifty_creates_at_once_never_go_one_over(DatabaseKind kind)
    {
        await using var host = await StartAsync(new() { Deployments = 7 }, kind);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(() => CreateAsync(host, $"app-{number}"))));

        outcomes.Count(code => code == "OK").Should().Be(7);
        outcomes.Where(code => code != "OK").Should().OnlyContain(code => code == "QUOTA_EXCEEDED");
        await using var db = await host.Database.CreateDbContextAsync();
        (await db.Deployments.CountAsync()).Should().Be(7);
    }

    [Fact]
    public async Task What_is_stopped_makes_room_and_has_to_find_room_again()
    {
        await using var host = await StartAsync(new() { Deployments = 1 });
        await CreateAsync(host, "first");
        (await Outcome.OfAsync(() => host.Commands.CreateAsync(host.Owner, New("dry"), new(DryRun: true), default))).Should().Be("QUOTA_EXCEEDED");
        await host.Commands.StopAsync(host.Owner, "first", None, default);
        (await CreateAsync(host, "second")).Should().Be("OK");

        var refusal = (await host.Invoking(one => one.Commands.StartAsync(host.Owner, "first", None, default)).Should().ThrowAsync<NexusException>()).Which;
        refusal.Message.Should().Contain("allows 1").And.Contain("and 1 do");
        refusal.Hint.Should().Contain("stopped or deleted");
        (await Outcome.OfAsync(() => host.Commands.StartAsync(host.Owner, "second", None, default))).Should().Be("OK", "it runs already");
    }

    [Fact]
    public async Task Replicas_providers_and_the_time_to_run_are_the_plans()
    {
        await using var host = await StartAsync(new() { Replicas = 2, LongestRun = TimeSpan.FromHours(10) });
        (await Outcome.OfAsync(() => host.Commands.CreateAsync(host.Owner, New("many") with { Replicas = 3 }, None, default))).Should().Be("QUOTA_EXCEEDED");
        (await Outcome.OfAsync(() => host.Commands.CreateAsync(host.Owner, New("long") with { AutoDestroyHours = 11 }, None, default))).Should().Be("QUOTA_EXCEEDED");
        (await CreateAsync(host, "web")).Should().Be("OK");
        (await Outcome.OfAsync(() => host.Commands.ScaleAsync(host.Owner, "web", 3, None, default))).Should().Be("QUOTA_EXCEEDED");
        (await host.Queries.StatusAsync(host.Owner, "web", 0, default)).Deployment.AutoDestroyAt.Should()
            .BeCloseTo(DateTimeOffset.UtcNow.AddHours(10), TimeSpan.FromMinutes(30));

        await using var other = await StartAsync(new() { Providers = ["swarm"] });
        (await CreateAsync(other, "web")).Should().Be("QUOTA_EXCEEDED");
    }

    private async Task<CoreHost> StartAsync(PlanOptions plan, DatabaseKind kind = DatabaseKind.Sqlite) =>
        await CoreHost.StartAsync(
            await CoreHost.NewDatabaseAsync(kind, postgres), (await engines.GetAsync()).Endpoint.OriginalString, plan: plan);

    private static CreateDeployment New(string name) => new() { Image = "nginx:latest", Port = 80, Name = name };

    private static Task<string> CreateAsync(CoreHost host, string name) =>
        Outcome.OfAsync(() => host.Commands.CreateAsync(host.Owner, New(name), None, default));
}
