namespace Nexus.Testing;

/// <summary>One request, stream or WebSocket of a load; <see cref="Failure"/> is null where all of it came through.</summary>
public sealed record LoadResult(string Kind, DateTimeOffset StartedAt, DateTimeOffset EndedAt, string? Failure)
{
    public TimeSpan Took => EndedAt - StartedAt;
}

/// <summary>What a load met. Requests that were on their way when a replica was killed on purpose are counted apart.</summary>
public sealed record LoadReport(IReadOnlyList<LoadResult> All, DateTimeOffset KillBegan, DateTimeOffset KillEnded)
{
    public IReadOnlyList<LoadResult> Failed => [.. All.Where(result => result.Failure is not null && !WasCutByTheKill(result))];

    public int FailedAtTheKill => All.Count(result => result.Failure is not null && WasCutByTheKill(result));

    public TimeSpan Worst => Plain.Max();

    public TimeSpan Median => Plain.Order().ElementAt(Plain.Count / 2);

    private List<TimeSpan> Plain => [.. All.Where(result => result.Kind is "keep-alive" or "fresh").Select(result => result.Took)];

    private bool WasCutByTheKill(LoadResult result) => result.StartedAt <= KillEnded && result.EndedAt >= KillBegan;

    public override string ToString() =>
        $"{All.Count} requests, {Failed.Count} failed, {FailedAtTheKill} on the killed replica; median {Median.TotalMilliseconds:0} ms, worst {Worst.TotalMilliseconds:0} ms"
        + string.Concat(Failed.Take(20).Select(result => $"{Environment.NewLine}{result}"));
}
