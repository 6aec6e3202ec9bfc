using System.Diagnostics;

namespace Nexus.Testing;

/// <summary>Waits for a condition, never for a length of time.</summary>
public static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks again and again until the answer is yes; after <paramref name="deadline"/> (30 s) throws, saying what was waited for.</summary>
    public static async Task UntilAsync(
        Func<Task<bool>> condition,
        string what,
        TimeSpan? deadline = null,
        Func<string>? detail = null,
        CancellationToken cancellation = default)
    {
        var limit = deadline ?? TimeSpan.FromSeconds(30);
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > limit)
                throw new TimeoutException($"Waited {limit.TotalSeconds:0} s for {what}.{Environment.NewLine}{detail?.Invoke()}");
            await Task.Delay(Interval, cancellation);
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, string, TimeSpan?, Func{string}?, CancellationToken)"/>
    public static Task UntilAsync(
        Func<bool> condition,
        string what,
        TimeSpan? deadline = null,
        Func<string>? detail = null,
        CancellationToken cancellation = default) =>
        UntilAsync(() => Task.FromResult(condition()), what, deadline, detail, cancellation);
}
