namespace Nexus.Core.Sources.Folders;

/// <summary>Where files come from: it decides the codes and words of what is wrong with them.</summary>
internal sealed record SourceKind(string Code, string Noun, string Field, bool IsUpload)
{
    public static readonly SourceKind Repository = new("REPOSITORY", "repository", "repoUrl", IsUpload: false);
    public static readonly SourceKind Archive = new("ARCHIVE", "archive", "archive", IsUpload: true);
    public static readonly SourceKind Text = new("CODE", "code", "code", IsUpload: true);

    public NexusException Error(string code, string message, string hint) => new($"{Code}_{code}", message, hint, Field);

    public NexusException BadPath(string path, string problem) => Error(
        "PATH_NOT_ALLOWED", $"'{ShownText.Of(path)}' in the {Noun} {problem}.", "Rename the file or leave it out.");

    public NexusException BadLink(string path) => Error(
        "LINK_NOT_ALLOWED",
        $"'{ShownText.Of(path)}' in the {Noun} is a link that leads out of it.",
        "Replace the link with the file that it points to.");

    public NexusException TooManyFiles(int most) => Error(
        "TOO_MANY_FILES",
        $"The {Noun} has more than {most} files and folders.",
        "Leave out what the build makes or fetches itself, such as node_modules.");

    public NexusException TooLarge(long mostBytes) => Error(
        "TOO_LARGE",
        $"The {Noun} holds more than {mostBytes / (1024 * 1024)} MiB.",
        "Leave out what the build makes or fetches itself, and keep large data elsewhere.");

    public NexusException Empty() => Error("EMPTY", $"The {Noun} has no files.", "Put the application's files into it.");
}
