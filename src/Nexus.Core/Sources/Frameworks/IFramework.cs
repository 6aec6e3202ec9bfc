namespace Nexus.Core.Sources.Frameworks;

/// <summary>Knows one kind of application: how to recognise it and how to build it.</summary>
internal interface IFramework
{
    string Id { get; }

    /// <summary>Other names that callers use, e.g. <c>Express</c>.</summary>
    IReadOnlyList<string> Aliases { get; }

    /// <summary>What shows that the source is of this kind, in words; null where nothing does.</summary>
    string? Recognise(SourceTree source);

    WrittenDockerfile Write(SourceTree source, BuildWishes wishes);
}

/// <summary>A Dockerfile made for a source.</summary>
/// <param name="Text">The Dockerfile.</param>
/// <param name="Port">Where the application listens.</param>
/// <param name="Notes">What was found and decided, for the build log.</param>
public sealed record WrittenDockerfile(string Text, int Port, IReadOnlyList<string> Notes);
