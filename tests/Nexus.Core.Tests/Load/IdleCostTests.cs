using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Rollouts;
using Nexus.Core.Tests.Hosting;
using Nexus.Core.Tests.Providers.Docker;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Load;

/// <summary>What the reconciler does when there is nothing to do, counted in statements and calls to the engine.</summary>
public sealed class IdleCostTests(Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
{
    private const string Due = "NextPassAt\" <= ";
    private const string NextDue = "SELECT MIN(";
    private const string Taken = "SET \"LeaseOwner\" = ";

    [Fact]
    public async Task A_thousand_deployments_that_rest_cost_one_statement_a_look_and_no_question_to_the_engine()
    {
        await using var engine = FakeEngine.Start("29.0.0", "1.52", "1.44");
        await using var host = await CoreHost.StartAsync(await CoreHost.NewDatabaseAsync(DatabaseKind.PostgreSql, postgres), dockerHost: engine.Host);
        await RecordedDeployments.AddAsync(host.Database, 1000);
        await host.StartWorkerAsync();
        await LooksAsync(host, 1);
        host.Statements.Take();

        await LooksAsync(host, 3);

        host.Statements.Seen.Should().OnlyContain(statement => statement.Contains(Due));
        engine.Paths.Should().OnlyContain(path => path.EndsWith("/version") || path.EndsWith("/info") || path.Contains("/events"), "it listens, and no more");
    }

    [Fact]
    public async Task On_SQLite_they_cost_no_statement_until_somebody_writes_or_the_time_makes_one_due()
    {
        await using var engine = FakeEngine.Start("29.0.0", "1.52", "1.44");
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Host);
        await RecordedDeployments.AddAsync(host.Database, 1000);
        await PutOffOneAsync(host, TimeSpan.FromSeconds(5));

        await host.StartWorkerAsync();
        await Poll.UntilAsync(() => host.Statements.Seen.Any(statement => statement.Contains(Taken)), "the pass that becomes due");

        var before = host.Statements.Seen.TakeWhile(statement => !statement.Contains(Taken));
        before.Count(statement => statement.Contains(Due)).Should().Be(2, "it looks at the start, and again when one is due");
    }

    [Fact]
    public async Task A_deployment_that_runs_as_wanted_costs_three_statements_a_pass()
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Endpoint.OriginalString, worker: true);
        await host.Commands.CreateAsync(host.Owner, new() { Image = "nginx:latest", Port = 80, Name = "idle" }, CommandOptions.None, default);
        (await host.SettledAsync("idle")).Deployment.Status.Should().Be(DeploymentStatus.Running);
        await PassesAsync(host, 1);
        host.Statements.Take();

        await PassesAsync(host, 1);

        // Counting the time of replicas is not a pass's: it happens once a minute.
        string[] others = [Due, NextDue, "SET \"UsageCountedAt\"", "INTO \"UsageCounts\""];
        var ofPasses = host.Statements.Take().Where(statement => !others.Any(statement.Contains)).ToList();
        ofPasses.Should().HaveCount(3, "it takes the lease, reads all, and gives the lease back:\n{0}", string.Join("\n---\n", ofPasses));
        await host.Commands.DeleteAsync(host.Owner, "idle", CommandOptions.None, default);
    }

    [Fact]
    public async Task A_stopped_deployment_whose_container_was_started_by_hand_is_stopped_again()
    {
        var engine = await engines.GetAsync();
        await using var host = await CoreHost.StartAsync(dockerHost: engine.Endpoint.OriginalString, worker: true);
        var id = (await host.Commands.CreateAsync(
            host.Owner, new() { Image = "nginx:latest", Port = 80, Name = "stray" }, CommandOptions.None, default)).Deployment.Id;
        (await host.SettledAsync("stray")).Deployment.Status.Should().Be(DeploymentStatus.Running);
        await host.Commands.StopAsync(host.Owner, "stray", CommandOptions.None, default);
        (await host.SettledAsync("stray")).Deployment.Status.Should().Be(DeploymentStatus.Stopped);
        await engine.Cli.RunAsync("start", await ContainerAsync(engine, id, "exited"));

        await Poll.UntilAsync(
            async () =>
            {
                await host.Get<StraySearch>().SearchAsync(default);
                return await ContainerAsync(engine, id, "exited") is { Length: > 0 };
            },
            "the container to be stopped again");
        await host.Commands.DeleteAsync(host.Owner, "stray", CommandOptions.None, default);
        await host.SettledAsync(id.ToString());
    }

    private static Task LooksAsync(CoreHost host, int count) => Poll.UntilAsync(
        () => host.Statements.Seen.Count(statement => statement.Contains(Due)) >= count, $"{count} looks for what is due");

    private static async Task PutOffOneAsync(CoreHost host, TimeSpan by)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        var one = await db.Deployments.FirstAsync(deployment => deployment.Wanted == WantedState.Stopped);
        one.NextPassAt = TimeProvider.System.GetUtcNow() + by;
        await db.SaveChangesAsync();
    }

    /// <summary>A pass ends with giving the lease back.</summary>
    private static Task PassesAsync(CoreHost host, int count) => Poll.UntilAsync(
        () => host.Statements.Seen.Count(statement => statement.Contains("\"NextPassAt\" = ")) >= count, $"{count} passes");

    private static Task<string> ContainerAsync(DockerEngine engine, Guid id, string state) =>
        engine.Cli.RunAsync("ps", "--all", "--quiet", "--filter", $"label=nexus.deployment={id}", "--filter", $"status={state}");
}
