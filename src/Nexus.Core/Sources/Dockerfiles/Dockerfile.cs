namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>A parsed Dockerfile.</summary>
/// <param name="Syntax">The front end that <c># syntax=</c> asks for.</param>
/// <param name="Escape">The escape character.</param>
/// <param name="Instructions">In their order.</param>
internal sealed record Dockerfile(Directive? Syntax, char Escape, IReadOnlyList<Instruction> Instructions)
{
    /// <exception cref="DockerfileException">It can't be read as the builder would read it.</exception>
    public static Dockerfile Parse(string text) => DockerfileParser.Parse(text);
}

/// <summary>A parser directive's value and line.</summary>
internal sealed record Directive(string Value, int Line);
