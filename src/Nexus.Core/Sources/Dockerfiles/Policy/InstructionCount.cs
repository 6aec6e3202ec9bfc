namespace Nexus.Core.Sources.Dockerfiles.Policy;

/// <summary>Each instruction may be a layer.</summary>
internal sealed class InstructionCount : IDockerfileRule
{
    public const int Most = 200;

    public IEnumerable<Violation> Check(DockerfileReading reading)
    {
        if (reading.Instructions.Count <= Most) yield break;
        yield return new(
            reading.Instructions[Most].Instruction.Line, "size", "Dockerfile has too many instructions",
            $"Use at most {Most}: join RUN steps and remove repeated ones.");
    }
}
