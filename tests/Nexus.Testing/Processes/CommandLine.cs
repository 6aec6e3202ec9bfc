using System.Diagnostics;

namespace Nexus.Testing;

/// <summary>A program, its arguments, and what its environment has beyond ours (<c>null</c> takes a variable away).</summary>
public sealed record CommandLine(string Program, params IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    public string? Folder { get; init; }

    public override string ToString() => string.Join(' ', Arguments.Prepend(Program));

    internal ProcessStartInfo ToStartInfo()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder ?? "",
        };
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>The same command, ending when the test process does.</summary>
    internal CommandLine Tied() => this with { Program = Tool.Path("bash"), Arguments = [Tool.Script("tied.sh"), Program, .. Arguments] };
}
