namespace Nexus.Core.Sources.Dockerfiles.Policy;

/// <summary>
/// <c>ADD</c> of an address is not fetched by a step but by the engine itself, from the machine that it is on: where steps are kept from
/// that machine's services, it would be the way around.
/// </summary>
internal sealed class RemoteAdds : IDockerfileRule
{
    public IEnumerable<Violation> Check(DockerfileReading reading) =>
        from read in reading.Instructions
        where read.Effective.Keyword == "ADD" && SourcesOf(read).Any(IsAddress)
        select new Violation(
            read.Instruction.Line, "remote-add", "ADD of a remote address is not allowed",
            "Keep the file in your source and COPY it, or fetch it in a RUN step.");

    private static IEnumerable<string> SourcesOf(ReadInstruction read) =>
        (read.Effective.Exec ?? Words.Split(read.Effective.Arguments, read.Escape)).SelectMany(word => new[] { word, read.Expand(word) });

    private static bool IsAddress(string source) =>
        source.Contains("://", StringComparison.Ordinal) || source.StartsWith("git@", StringComparison.OrdinalIgnoreCase);
}
