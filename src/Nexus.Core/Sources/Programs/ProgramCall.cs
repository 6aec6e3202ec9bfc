namespace Nexus.Core.Sources.Programs;

/// <summary>A program to run with exactly these arguments and variables: nothing of our own environment but the search path.</summary>
internal sealed record ProgramCall(string Program, IReadOnlyList<string> Arguments)
{
    public required string Folder { get; init; }

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>What ends a piece of standard output.</summary>
    public char Separator { get; init; } = '\n';
}
