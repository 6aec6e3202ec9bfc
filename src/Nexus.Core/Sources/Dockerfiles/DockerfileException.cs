namespace Nexus.Core.Sources.Dockerfiles;

/// <summary>A Dockerfile that can't be read, or that builders read in different ways. The message is fit for the caller.</summary>
internal sealed class DockerfileException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
