namespace Nexus.Testing;

/// <summary>Runs commands to their end.</summary>
public static class Shell
{
    /// <summary>Runs a command; after <paramref name="deadline"/> (60 s) it is killed and the call throws.</summary>
    public static async Task<CommandResult> RunAsync(CommandLine command, TimeSpan? deadline = null, CancellationToken cancellation = default)
    {
        await using var process = ChildProcess.Start(command);
        var exitCode = await process.WaitForExitAsync(deadline, cancellation);
        return new CommandResult(command, exitCode, string.Join('\n', process.Log.Output), string.Join('\n', process.Log.Error));
    }
}
