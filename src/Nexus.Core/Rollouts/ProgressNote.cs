namespace Nexus.Core.Rollouts;

/// <summary>Writes a pull's progress beside its step, at most once a second and one write at a time.</summary>
internal sealed class ProgressNote(RolloutLog log, DeploymentState state, TimeProvider time) : IProgress<string>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private DateTimeOffset _next = time.GetUtcNow() + Interval;
    private Task _writing = Task.CompletedTask;

    public void Report(string value)
    {
        lock (_lock)
        {
            if (!_writing.IsCompleted || time.GetUtcNow() < _next) return;
            _next = time.GetUtcNow() + Interval;
            _writing = log.NoteDetailAsync(state, value, CancellationToken.None);
        }
    }

    /// <summary>Waits for the last write, so that it can't come after the step's end.</summary>
    public async Task FinishAsync()
    {
        Task writing;
        lock (_lock) writing = _writing;
        await writing;
    }
}
