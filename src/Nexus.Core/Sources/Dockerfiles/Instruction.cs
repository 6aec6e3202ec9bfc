namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>One instruction of a Dockerfile, its continuation lines joined.</summary>
internal sealed record Instruction
{
    /// <summary>In capitals.</summary>
    public required string Keyword { get; init; }

    public required IReadOnlyList<Flag> Flags { get; init; }

    /// <summary>What follows keyword and flags, as written.</summary>
    public required string Arguments { get; init; }

    /// <summary>The exec form's words; null in the shell form.</summary>
    public required IReadOnlyList<string>? Exec { get; init; }

    /// <summary>Of the first line, from 1.</summary>
    public required int Line { get; init; }

    public IReadOnlyList<Heredoc> Heredocs { get; init; } = [];

    /// <summary>What ONBUILD or HEALTHCHECK holds.</summary>
    public Instruction? Inner { get; init; }
}

/// <summary><c>--name=value</c>; the value is empty where there is none.</summary>
internal sealed record Flag(string Name, string Value);

/// <summary>A here-document: its name, what it holds, and whether variables in it are replaced.</summary>
internal sealed record Heredoc(string Name, bool Chomp, bool Expand, string Content);
