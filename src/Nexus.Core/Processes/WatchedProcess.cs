using System.Diagnostics;

namespace Nexus.Core.Processes;

/// <summary>A program in a process group of its own that lives no longer than this, nor than this server.</summary>
internal sealed class WatchedProcess : IAsyncDisposable
{
    private readonly Process _process;

    private WatchedProcess(Process process) => _process = process;

    /// <param name="time">When it ends by itself, a little later, whatever becomes of us.</param>
    /// <param name="program">What to run.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">The whole environment.</param>
    public static WatchedProcess Start(
        TimeSpan time, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("/bin/sh", ProcessGroup.WatchedArguments(time, program).Concat(arguments))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Hands on each line that it prints, on either stream, and returns its exit code.</summary>
    public async Task<int> RunAsync(Action<string> take, CancellationToken cancellationToken)
    {
        await new BoundedLines(_process.StandardOutput).ReadAllAsync(take, cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        ProcessGroup.End(_process);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
