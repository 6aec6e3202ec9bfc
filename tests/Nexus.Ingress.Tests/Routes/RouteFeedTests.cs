using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Routing;
using Nexus.Ingress.Tests.Support;
using Nexus.Testing;
using Xunit;

namespace Nexus.Ingress.Tests.Routes;

public sealed class RouteFeedTests(Shared<PostgresServer> postgres)
{
    public enum Kind
    {
        Sqlite,
        PostgreSql,
    }

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.PostgreSql)]
    public async Task A_change_by_another_node_is_found_by_itself(Kind kind)
    {
        await using var database = await CreateAsync(kind);
        await using var ingress = await TestIngress.StartAsync(database);
        await using var replica = await TestReplica.StartAsync("hello");
        var deployment = await database.AddDeploymentAsync("web");

        var version = await database.SetRouteAsync(deployment, "web", RouteState.Serving, replica.Target);

        await Poll.UntilAsync(() => ingress.View.AppliedVersion == version, "the poll");
        (await ingress.GetAsync("web")).Should().Be("hello");
    }

    [Theory]
    [InlineData(Kind.Sqlite)]
    [InlineData(Kind.PostgreSql)]
    public async Task A_restarted_ingress_knows_the_routes_from_its_first_request(Kind kind)
    {
        await using var database = await CreateAsync(kind);
        await using var replica = await TestReplica.StartAsync("hello");
        var deployment = await database.AddDeploymentAsync("web");
        await database.SetRouteAsync(deployment, "web", RouteState.Serving, replica.Target);

        await using var ingress = await TestIngress.StartAsync(database);

        (await ingress.GetAsync("web")).Should().Be("hello");
    }

    [Fact]
    public async Task A_database_that_cannot_be_read_leaves_the_routes_as_they_are()
    {
        await using var ingress = await TestIngress.StartAsync(options: new() { PollInterval = TimeSpan.FromMilliseconds(1) });
        await using var before = await TestReplica.StartAsync("before");
        await using var after = await TestReplica.StartAsync("after");
        await ingress.ServeAsync("web", before);

        await ExecuteAsync(ingress, "ALTER TABLE Routes RENAME TO Hidden");
        ingress.View.Poke();
        for (var request = 0; request < 50; request++) (await ingress.GetAsync("web")).Should().Be("before");

        await ExecuteAsync(ingress, "ALTER TABLE Hidden RENAME TO Routes");
        await ingress.ServeAsync("web", after);
        (await ingress.GetAsync("web")).Should().Be("after");
    }

    private static async Task ExecuteAsync(TestIngress ingress, string sql)
    {
        await using var db = await ingress.Database.Contexts.CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    private async Task<TestDatabase> CreateAsync(Kind kind) => await TestDatabase.CreateAsync(
        kind == Kind.PostgreSql ? await (await postgres.GetAsync()).CreateDatabaseAsync() : null);
}
