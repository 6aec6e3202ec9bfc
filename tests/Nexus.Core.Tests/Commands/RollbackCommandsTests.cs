using FluentAssertions;
using Nexus.Core.Commands;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;
using static Nexus.Core.Tests.Commands.RecordedWeb;
using static Nexus.Core.Tests.Hosting.Outcome;

namespace Nexus.Core.Tests.Commands;

/// <summary>Rollbacks as they are recorded, on both databases. The engine runs nothing here.</summary>
public sealed class RollbackCommandsTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
{
    public static TheoryData<DatabaseKind> Databases { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_rollback_brings_back_everything_of_the_older_revision_under_a_new_number(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        await ServeAsync(host, 1);
        await RedeployAsync(host, new()
        {
            Image = "nginx:2",
            Port = 81,
            Command = [],
            HealthCheckEnabled = false,
            EnvVars = new Dictionary<string, string?> { ["A"] = "other" },
        });
        await ServeAsync(host, 2);

        var result = await host.Revisions.RollBackAsync(host.Owner, "web", null, CommandOptions.None, default);

        result.Deployment.Revision.Should().Be(3);
        result.Plan.Should().Contain(new Change("envVars.A", "(set)", "(changed)")).And.Contain(new Change("port", "81", "80"));
        var (first, third) = (await RevisionAsync(host, 1), await RevisionAsync(host, 3));
        third.Should().BeEquivalentTo(first, with => with.Excluding(one => one.Number).Excluding(one => one.CopyOf)
            .Excluding(one => one.CreatedAt).Excluding(one => one.ServedAt).Excluding(one => one.OwnsImage));
        third.CopyOf.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Going_back_twice_goes_back_further_and_skips_what_never_ran(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind);
        await ServeAsync(host, 1);
        await RedeployAsync(host, new() { Port = 81 });
        await ServeAsync(host, 2);
        await RedeployAsync(host, new() { Port = 82 });
        await RedeployAsync(host, new() { Port = 83 });
        await ServeAsync(host, 4);

        (await RollBackAsync(host)).Deployment.Revision.Should().Be(5);
        await ServeAsync(host, 5);
        (await RevisionAsync(host, 5)).CopyOf.Should().Be(2);
        await RollBackAsync(host);
        await ServeAsync(host, 6);
        (await RevisionAsync(host, 6)).CopyOf.Should().Be(1);

        (await Refused(() => RollBackAsync(host), "NO_EARLIER_REVISION")).Which.Hint.Should().NotBeNullOrEmpty();
        var same = await RollBackAsync(host, 1);
        (same.Plan.Count, same.Deployment.Revision).Should().Be((0, 6));
        (await RollBackAsync(host, 4)).Deployment.Revision.Should().Be(7);
    }

    [Fact]
    public async Task A_rollback_to_what_is_not_there_is_refused_and_changes_nothing()
    {
        await using var host = await StartAsync(DatabaseKind.Sqlite);
        await ServeAsync(host, 1, "sha256:00000000000000000000000000000000000000000000000000000000000000aa");
        await RedeployAsync(host, new() { Port = 81 });
        var before = await StateAsync(host);

        foreach (var number in new[] { 0, -1, 3, int.MaxValue })
            (await Refused(() => RollBackAsync(host, number), "REVISION_NOT_FOUND")).Which.Field.Should().Be("targetRevision");
        await Refused(() => RollBackAsync(host, 1), "IMAGE_GONE");
        await RedeployAsync(host, new() { Port = 82 });
        await Refused(() => RollBackAsync(host, 2), "REVISION_INCOMPLETE");
        (await StateAsync(host)).Generation.Should().Be(before.Generation + 1);
    }

    private Task<CoreHost> StartAsync(DatabaseKind kind) => RecordedWeb.StartAsync(kind, engines, postgres);
}
