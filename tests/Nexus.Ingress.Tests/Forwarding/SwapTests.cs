using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Ingress.Tests.Support;
using Nexus.Testing;
using Xunit;

namespace Nexus.Ingress.Tests.Forwarding;

public sealed class SwapTests
{
    [Fact]
    public async Task No_request_fails_while_replicas_are_swapped_and_ended_under_load()
    {
        await using var ingress = await TestIngress.StartAsync();
        var serving = await StartPairAsync(0);
        await ingress.ServeAsync("web", serving);
        using var enough = new CancellationTokenSource();
        var failures = new ConcurrentQueue<string>();
        var answered = new int[1];
        var load = Enumerable.Range(0, 8).Select(_ => Task.Run(() => LoadAsync(ingress, failures, answered, enough.Token))).ToList();

        for (var swap = 1; swap <= 25; swap++)
        {
            var next = await StartPairAsync(swap);
            await ingress.ServeAsync("web", next);
            // As the reconciler drains: once nothing is on its way, the old ones end without another word.
            await Poll.UntilAsync(() => serving.TrueForAll(replica => ingress.View.InFlight(replica.Id) == 0), "the old replicas to drain");
            foreach (var replica in serving) await replica.DisposeAsync();
            serving = next;
        }

        await enough.CancelAsync();
        await Task.WhenAll(load);
        foreach (var replica in serving) await replica.DisposeAsync();
        failures.Should().BeEmpty();
        answered[0].Should().BeGreaterThan(500);
    }

    [Fact]
    public async Task A_request_in_flight_ends_where_it_began()
    {
        await using var ingress = await TestIngress.StartAsync();
        var finish = new TaskCompletionSource();
        await using var before = await TestReplica.StartAsync(async context =>
        {
            await finish.Task;
            await context.Response.WriteAsync("before");
        });
        await using var after = await TestReplica.StartAsync("after");
        await ingress.ServeAsync("web", before);
        var early = Enumerable.Range(0, 5).Select(_ => ingress.GetAsync("web")).ToList();
        await Poll.UntilAsync(() => ingress.View.InFlight(before.Id) == 5, "five requests on their way");

        await ingress.ServeAsync("web", after);

        (await ingress.GetAsync("web")).Should().Be("after");
        ingress.View.InFlight(before.Id).Should().Be(5);
        finish.SetResult();
        (await Task.WhenAll(early)).Should().AllBe("before");
        await Poll.UntilAsync(() => ingress.View.InFlight(before.Id) == 0, "none on its way");
    }

    [Fact]
    public async Task A_client_that_goes_away_counts_no_more()
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var replica = await TestReplica.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await ingress.ServeAsync("web", replica);
        using var patience = new CancellationTokenSource();
        var request = ingress.Http.SendAsync(ingress.RequestTo("web"), patience.Token);
        await Poll.UntilAsync(() => ingress.View.InFlight(replica.Id) == 1, "the request on its way");

        await patience.CancelAsync();

        await Poll.UntilAsync(() => ingress.View.InFlight(replica.Id) == 0, "nothing on its way");
        await FluentActions.Awaiting(() => request).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Load_is_spread_over_the_replicas()
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var first = await TestReplica.StartAsync("1");
        await using var second = await TestReplica.StartAsync("2");
        await using var third = await TestReplica.StartAsync("3");
        await ingress.ServeAsync("web", first, second, third);

        for (var request = 0; request < 300; request++) await ingress.GetAsync("web");

        new[] { first.Requests, second.Requests, third.Requests }.Should().OnlyContain(requests => requests > 50);
    }

    [Fact]
    public async Task Requests_are_measured_by_deployment()
    {
        await using var ingress = await TestIngress.StartAsync();
        await using var replica = await TestReplica.StartAsync("hello");
        await ingress.ServeAsync("web", replica);
        var measured = new ConcurrentQueue<(string Name, double Value, string Tags)>();
        using var listener = ListenTo(ingress, measured);

        await ingress.GetAsync("web");

        await Poll.UntilAsync(() => measured.Count == 3, "the measurements");
        var deployment = $"nexus.deployment.id={ingress.DeploymentOf("web")}";
        measured.Should().Contain(("nexus.ingress.active_requests", 1, deployment))
            .And.Contain(("nexus.ingress.active_requests", -1, deployment))
            .And.Contain(entry => entry.Name == "nexus.ingress.request.duration"
                && entry.Value > 0 && entry.Tags == $"{deployment},http.response.status_code=200");
    }

    private static MeterListener ListenTo(TestIngress ingress, ConcurrentQueue<(string Name, double Value, string Tags)> measured)
    {
        var meters = ingress.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Nexus.Ingress" && instrument.Meter.Scope == meters) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, Text(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, Text(tags))));
        listener.Start();
        return listener;
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));

    private static async Task<List<TestReplica>> StartPairAsync(int revision) =>
    [
        await TestReplica.StartAsync($"revision {revision}"),
        await TestReplica.StartAsync($"revision {revision}"),
    ];

    private static async Task LoadAsync(TestIngress ingress, ConcurrentQueue<string> failures, int[] answered, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                var request = ingress.RequestTo("web", method: HttpMethod.Post);
                request.Content = new StringContent("body");
                using var response = await ingress.Http.SendAsync(request, CancellationToken.None);
                if (!response.IsSuccessStatusCode) failures.Enqueue($"{response.StatusCode}");
                Interlocked.Increment(ref answered[0]);
            }
            catch (HttpRequestException failure)
            {
                failures.Enqueue(failure.ToString());
            }
        }
    }
}
