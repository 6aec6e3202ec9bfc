namespace Nexus.Core.Builds;

/// <summary>Lets so many builds run at a time as the machine can bear.</summary>
internal sealed class BuildTurns(BuildOptions options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.AtOnce, options.AtOnce);

    /// <summary>Waits for a turn; disposing what it returns gives it back.</summary>
    public async Task<IDisposable> WaitAsync(BuildLogWriter log, CancellationToken cancellationToken)
    {
        if (!await _free.WaitAsync(0, cancellationToken))
        {
            log.Say("Waiting for other builds to end.");
            await _free.WaitAsync(cancellationToken);
        }

        return new Turn(_free);
    }

    public void Dispose() => _free.Dispose();

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
