namespace Nexus.Core;

/// <summary>Does the same again and again and goes on after a failure: what one round misses, the next one does.</summary>
public static class Rounds
{
    /// <summary>A round every <paramref name="interval"/>, the first after one. Only <paramref name="cancellationToken"/> ends them.</summary>
    public static async Task RunAsync(
        TimeSpan interval, TimeProvider time, Func<CancellationToken, Task> round, Action<Exception> tell, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken)) await TryAsync(round, tell, cancellationToken);
    }

    /// <summary>One round. A call in it that was given up after a while is a failure like any other.</summary>
    public static async Task TryAsync(Func<CancellationToken, Task> round, Action<Exception> tell, CancellationToken cancellationToken)
    {
        try
        {
            await round(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            tell(failure);
        }
    }
}
