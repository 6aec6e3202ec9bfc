using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;
using Nexus.Core.Rollouts;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;
using static Nexus.Core.Tests.Commands.RecordedWeb;
using static Nexus.Core.Tests.Hosting.Outcome;

namespace Nexus.Core.Tests.Commands;

/// <summary>Scaling as it is recorded, on both databases. The engine runs nothing here.</summary>
public sealed class ScaleCommandsTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
{
    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Scaling_records_the_number_and_leaves_rollouts_alone(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);

        var result = await host.Commands.ScaleAsync(host.Owner, "web", 5, CommandOptions.None, default);

        result.Plan.Should().Equal(new Change("replicas", "1", "5"));
        (await host.Commands.ScaleAsync(host.Owner, "web", 5, CommandOptions.None, default)).Plan.Should().BeEmpty();
        await using var db = await host.Database.CreateDbContextAsync();
        var rollout = await db.Rollouts.SingleAsync();
        rollout.Outcome.Should().Be(RolloutOutcome.InProgress);
        rollout.Generation.Should().Be((await db.Deployments.SingleAsync()).Generation).And.Be(2);
    }

    [Fact]
    public async Task Scaling_to_what_can_not_be_is_refused_and_changes_nothing()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        foreach (var replicas in new[] { 0, -1, 11, int.MaxValue })
        {
            (await Refused(() => host.Commands.ScaleAsync(host.Owner, "web", replicas, CommandOptions.None, default), "INVALID_ARGUMENTS"))
                .Which.Field.Should().Be("replicas");
        }

        (await StateAsync(host)).Should().BeEquivalentTo(new { WantedReplicas = 1, Generation = 1 });
    }

    private Task<CoreHost> StartAsync(DatabaseKind kind) => RecordedWeb.StartAsync(kind, engines, postgres);
}
