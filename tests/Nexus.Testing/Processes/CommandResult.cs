namespace Nexus.Testing;

/// <summary>How a command ended and what it wrote.</summary>
public sealed record CommandResult(CommandLine Command, int ExitCode, string Output, string Error)
{
    /// <summary>What it wrote to standard output, without the last line's end.</summary>
    /// <exception cref="InvalidOperationException">The command failed.</exception>
    public string Required => ExitCode == 0
        ? Output
        : throw new InvalidOperationException($"`{Command}` ended with {ExitCode}.{Environment.NewLine}{Output}{Environment.NewLine}{Error}");
}
