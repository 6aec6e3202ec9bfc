namespace Nexus.Core.Sources.Dockerfiles.Policy;

/// <summary>One family of rules.</summary>
internal interface IDockerfileRule
{
    IEnumerable<Violation> Check(DockerfileReading reading);
}
