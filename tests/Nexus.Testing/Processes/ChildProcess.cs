using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Nexus.Testing;

/// <summary>A process of ours that ends with the test process, even when that is killed.</summary>
public sealed partial class ChildProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private readonly Process _process;

    private ChildProcess(CommandLine command, CommandLine started)
    {
        Command = command;
        _process = new Process { StartInfo = started.ToStartInfo() };
        _process.OutputDataReceived += (_, line) => Log.AddOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => Log.AddError(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public CommandLine Command { get; }

    public OutputLog Log { get; } = new();

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static ChildProcess Start(CommandLine command) => new(command, command.Tied());

    /// <summary>Starts a command that itself ends when its standard input does, and that takes orders there.</summary>
    public static ChildProcess StartListening(CommandLine command) => new(command, command);

    /// <summary>Writes a line to the input of a process that takes orders there.</summary>
    public Task OrderAsync(string line, CancellationToken cancellation) =>
        _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellation).ContinueWith(
            _ => _process.StandardInput.Flush(), cancellation, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

    internal void EndInput() => _process.StandardInput.Close();

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM.</summary>
    public void Terminate()
    {
        if (!HasExited)
            _ = SendSignal(Id, SigTerm);
    }

    /// <summary>Waits for the end (60 s) and returns the exit code: 128 + signal where one ended it.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan? deadline = null, CancellationToken cancellation = default)
    {
        var limit = deadline ?? TimeSpan.FromSeconds(60);
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(limit);
        try
        {
            await _process.WaitForExitAsync(timer.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"`{Command}` still runs after {limit.TotalSeconds:0} s.{Environment.NewLine}{Log}");
        }
        return _process.ExitCode;
    }

    /// <summary>Ends the process and all that it has started.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        EndInput();
        await WaitForExitAsync();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
