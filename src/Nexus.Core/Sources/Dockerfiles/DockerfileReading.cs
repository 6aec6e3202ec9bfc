namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>A Dockerfile with its references resolved: what each instruction sees, and which images it takes in all.</summary>
internal sealed record DockerfileReading(Dockerfile File, IReadOnlyList<ReadInstruction> Instructions, IReadOnlyList<ImageUse> Images)
{
    /// <exception cref="DockerfileException">A reference can't be resolved.</exception>
    public static DockerfileReading Of(Dockerfile file) => new StageWalk(file).Walk();
}

/// <summary>An instruction and the variables that it sees.</summary>
internal sealed record ReadInstruction(Instruction Instruction, Variables Variables, char Escape)
{
    /// <summary>The instruction itself, or what ONBUILD or HEALTHCHECK holds.</summary>
    public Instruction Effective => Instruction.Inner ?? Instruction;

    public string Expand(string word) => Expansion.Of(word, Variables, Escape, Instruction.Line);
}
