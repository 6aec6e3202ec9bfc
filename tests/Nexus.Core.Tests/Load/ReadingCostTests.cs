using FluentAssertions;
using Nexus.Core.Deployments;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Load;

/// <summary>What reading costs, counted in SQL statements: it must not grow with what is recorded.</summary>
public sealed class ReadingCostTests(Shared<PostgresServer> postgres)
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task List_and_status_cost_as_many_statements_with_fifty_deployments_as_with_five(DatabaseKind kind)
    {
        await using var host = await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(kind, postgres));
        await RecordedDeployments.AddAsync(host.Database, 5);
        var few = await CostAsync(host);

        await RecordedDeployments.AddAsync(host.Database, 45);
        var many = await CostAsync(host);

        few.Should().Be((1, 1));
        many.Should().Be(few);
    }

    private static async Task<(int List, int Status)> CostAsync(CoreHost host)
    {
        host.Statements.Take();
        var page = await host.Queries.ListAsync(host.Owner, new DeploymentFilter(), new PageRequest(100), default);
        var list = host.Statements.Take().Count;
        await host.Queries.StatusAsync(host.Owner, page.Items[0].Id.ToString(), 0, default);
        return (list, host.Statements.Take().Count);
    }
}
