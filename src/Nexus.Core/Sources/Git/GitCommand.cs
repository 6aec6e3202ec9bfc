using System.Diagnostics;
using System.Text;
using Nexus.Core.Processes;

namespace Nexus.Core.Sources.Git;

/// <summary>A git that runs. Disposing it ends it and all that it has started.</summary>
internal sealed class GitCommand : IAsyncDisposable
{
    private const long MostMemory = 2L * 1024 * 1024 * 1024;
    private const int MostErrorCharacters = 64 * 1024;

    private readonly Process _process;
    private readonly Task<string> _error;

    private GitCommand(Process process)
    {
        _process = process;
        _error = ReadErrorAsync(process.StandardError);
    }

    public Stream Output => _process.StandardOutput.BaseStream;

    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Starts git; the limits' time is when it ends by itself whatever becomes of this server.</summary>
    public static GitCommand Start(GitWorkspace workspace, SourceLimits limits, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(
            "/bin/sh",
            ProcessGroup.Arguments(limits.LargestBytes, MostMemory, limits.FetchTime, "git").Concat(workspace.Arguments(arguments)))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(workspace.Repository),
        };
        start.Environment.Clear();
        foreach (var (name, value) in workspace.Environment()) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Waits for its end: null where it succeeded, otherwise what it said.</summary>
    public async Task<string?> FailureAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode == 0 ? null : await _error.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        ProcessGroup.End(_process);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    /// <summary>Reads to the end so that git never waits for us, and keeps the beginning.</summary>
    private static async Task<string> ReadErrorAsync(StreamReader error)
    {
        var kept = new StringBuilder();
        var buffer = new char[4096];
        int read;
        while ((read = await error.ReadAsync(buffer)) > 0)
            kept.Append(buffer, 0, Math.Min(read, MostErrorCharacters - kept.Length));
        return kept.ToString();
    }
}
