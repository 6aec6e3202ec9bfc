using Nexus.Benchmarks.Measuring;
using Nexus.Core.Commands;
using Nexus.Core.Rollouts;
using Nexus.Core.Tests.Hosting;
using Nexus.Testing;

namespace Nexus.Benchmarks.Scenarios;

/// <summary>What the reconciler does when there is nothing to do, as deployments become many.</summary>
internal static class IdlePasses
{
    public const string Text =
        "The reconciler with nothing to do, called in this process without its pauses: a look for what is due, and a pass over one deployment of "
        + "nginx that runs as wanted (it takes the lease, reads, asks engine and replica, and gives the lease back). The others rest. Beside it, how "
        + "much slower each would be if it took a like time for every deployment.";

    private const int Rounds = 3;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(3);

    public static async Task<IEnumerable<string>> MeasureAsync(string kind, string? database, DockerEngine engine, IReadOnlyList<int> sizes)
    {
        await using var host = await CoreHost.StartAsync(
            database is null ? null : new() { DataDirectory = "unused", ConnectionString = database }, engine.Endpoint.OriginalString, worker: true);
        var due = await RunOneAsync(host);
        await host.StopWorkerAsync();
        var rows = new List<string>();
        (Samples Look, Samples Pass)? first = null;
        var recorded = 1;
        foreach (var size in sizes)
        {
            await RecordedDeployments.AddAsync(host.Database, size - recorded);
            recorded = size;
            var results = await Contest.RunAsync<double>(
                Rounds,
                new("look", () => MedianMsAsync(() => host.Get<Lease>().FindDueAsync(256, [], CancellationToken.None))),
                new("pass", () => MedianMsAsync(() => PassAsync(host, due))));
            var (look, pass) = (new Samples(results["look"]), new Samples(results["pass"]));
            first ??= (look, pass);
            rows.Add($"| {kind} | {size:#,0} | {look.Cells("0.00")} | {look.Median / first.Value.Look.Median:0.00} | {pass.Cells("0.00")} | {pass.Median / first.Value.Pass.Median:0.00} | {size / sizes[0]} |");
        }

        await host.StartWorkerAsync();
        await host.Commands.DeleteAsync(host.Owner, due.DeploymentId.ToString(), CommandOptions.None, CancellationToken.None);
        await host.SettledAsync(due.DeploymentId.ToString());
        return rows;
    }

    private static async Task<DuePass> RunOneAsync(CoreHost host)
    {
        var id = (await host.Commands.CreateAsync(
            host.Owner, new() { Image = BaseImage.Nginx.Tags[0], Port = 80, Name = "idle" }, CommandOptions.None, CancellationToken.None)).Deployment.Id;
        await host.SettledAsync("idle");
        return new(id, host.Owner.OrganizationId, Generation: 1);
    }

    /// <summary>As the worker does it.</summary>
    private static async Task PassAsync(CoreHost host, DuePass due)
    {
        var lease = host.Get<Lease>();
        if (!await lease.TryAcquireAsync(due, CancellationToken.None)) throw new InvalidOperationException("Somebody else has the lease.");
        var next = await host.Get<Reconciler>().PassAsync(due.DeploymentId, due.Generation, CancellationToken.None);
        await lease.ReleaseAsync(due.DeploymentId, due.Generation, next, CancellationToken.None);
    }

    private static async Task<double> MedianMsAsync(Func<Task> act)
    {
        var time = TimeProvider.System;
        var (began, took) = (time.GetTimestamp(), new List<double>());
        while (time.GetElapsedTime(began) < Span)
        {
            var start = time.GetTimestamp();
            await act();
            took.Add(time.GetElapsedTime(start).TotalMilliseconds);
        }

        return new Samples(took).Median;
    }
}
