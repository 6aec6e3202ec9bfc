namespace Nexus.Core.Rollouts;

/// <summary>Wakes this process's worker when a command has just asked for something. Other nodes find it in the database.</summary>
public sealed class ReconcileSignal
{
    private readonly WakeSignal _worker = new();

    public void Wake() => _worker.Wake();

    /// <inheritdoc cref="WakeSignal.WaitAsync(TimeSpan, TimeProvider, CancellationToken)"/>
    public Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken) =>
        _worker.WaitAsync(atMost, time, cancellationToken);
}
