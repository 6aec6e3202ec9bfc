using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Nexus.Core.Sources.Programs;

/// <summary>Runs programs to their end; when cancelled, they and all that they have started are killed.</summary>
internal static class ProgramRun
{
    private const int LongestLine = 16_384;

    /// <summary>The exit code. Lines that are too long are cut; both callbacks may be called at once.</summary>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static async Task<int> RunAsync(ProgramCall call, Action<string> output, Action<string> error, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo(call) };
        process.Start();
        process.StandardInput.Close();
        await using var killing = cancellationToken.Register(() => Kill(process)).ConfigureAwait(false);
        await Task.WhenAll(
            ReadAsync(process.StandardOutput, call.Separator, output), ReadAsync(process.StandardError, '\n', error), process.WaitForExitAsync(CancellationToken.None));
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode;
    }

    private static ProcessStartInfo StartInfo(ProgramCall call)
    {
        var start = new ProcessStartInfo(call.Program, call.Arguments)
        {
            WorkingDirectory = call.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in call.Variables) start.Environment[name] = value;
        return start;
    }

    private static async Task ReadAsync(StreamReader reader, char separator, Action<string> take)
    {
        var buffer = new char[4096];
        var line = new StringBuilder();
        int read;
        while ((read = await reader.ReadAsync(buffer)) > 0)
        {
            foreach (var letter in buffer.AsSpan(0, read))
            {
                if (letter != separator)
                {
                    if (line.Length < LongestLine) line.Append(letter);
                    continue;
                }

                take(line.ToString().TrimEnd('\r'));
                line.Clear();
            }
        }

        if (line.Length > 0) take(line.ToString());
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
