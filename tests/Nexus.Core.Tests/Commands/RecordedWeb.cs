using Microsoft.EntityFrameworkCore;
using Nexus.Core.Commands;
using Nexus.Core.Deployments;
using Nexus.Core.Routing;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Core.Tests.Commands;

/// <summary>A deployment named web that is recorded and never runs, for tests of commands that make revisions of it.</summary>
internal static class RecordedWeb
{
    public const string Digest = "nginx@sha256:0000000000000000000000000000000000000000000000000000000000000001";

    public static readonly CreateDeployment Web = new()
    {
        Image = "nginx:1",
        Port = 80,
        Name = "web",
        Command = ["serve"],
        HealthCheckUrl = "/ok",
        EnvVars = new Dictionary<string, string?> { ["A"] = "1", ["B"] = "2" },
    };

    public static async Task<CoreHost> StartAsync(DatabaseKind kind, Shared<DockerEngine> engines, Shared<PostgresServer> postgres)
    {
        var host = await CoreHost.StartAsync(
            await CoreHost.NewDatabaseAsync(kind, postgres), (await engines.GetAsync()).Endpoint.OriginalString);
        await host.Commands.CreateAsync(host.Owner, Web, CommandOptions.None, default);
        return host;
    }

    public static Task<DeploymentResult> RedeployAsync(CoreHost host, RedeployDeployment asked) =>
        host.Revisions.RedeployAsync(host.Owner, "web", asked, CommandOptions.None, default);

    public static Task<DeploymentResult> RollBackAsync(CoreHost host, int? revision = null) =>
        host.Revisions.RollBackAsync(host.Owner, "web", revision, CommandOptions.None, default);

    /// <summary>Writes what the reconciler writes when the wanted revision takes traffic.</summary>
    public static async Task ServeAsync(CoreHost host, int number, string image = Digest)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        var deployment = await db.Deployments.FirstAsync(deployment => deployment.Name == "web");
        (deployment.ActiveRevision, deployment.Status) = (number, DeploymentStatus.Running);
        var revision = await db.Revisions.SingleAsync(revision => revision.DeploymentId == deployment.Id && revision.Number == number);
        (revision.ResolvedImage, revision.ServedAt) = (revision.ResolvedImage ?? image, DateTimeOffset.UtcNow);
        var route = await db.Routes.SingleAsync(route => route.DeploymentId == deployment.Id);
        (route.State, route.Targets) = (RouteState.Serving, [new RouteTarget("c1", "127.0.0.1:1")]);
        await db.SaveChangesAsync();
    }

    public static async Task<Revision> RevisionAsync(CoreHost host, int number)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        return await db.Revisions.SingleAsync(revision => revision.Number == number);
    }

    public static async Task<Route> RouteAsync(CoreHost host)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        return await db.Routes.SingleAsync();
    }

    public static async Task<Deployment> StateAsync(CoreHost host)
    {
        await using var db = await host.Database.CreateDbContextAsync();
        return await db.Deployments.OrderBy(deployment => deployment.Id).FirstAsync();
    }
}
