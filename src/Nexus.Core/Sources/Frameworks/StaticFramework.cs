namespace Nexus.Core.Sources.Frameworks;

/// <summary>Plain files, served by nginx.</summary>
internal sealed class StaticFramework : IFramework
{
    public string Id => "static";

    public IReadOnlyList<string> Aliases => ["html", "static-site"];

    public string? Recognise(SourceTree source) => source.Has("index.html") ? "index.html" : source.Has("public/index.html") ? "public/index.html" : null;

    public WrittenDockerfile Write(SourceTree source, BuildWishes wishes)
    {
        var folder = wishes.OutputDir ?? (source.Has("index.html") || !source.Has("public/index.html") ? "." : "public");
        var port = wishes.Port ?? StaticServer.Port;
        var text = new DockerfileText();
        var isBuilt = wishes.InstallCommand is not null || wishes.BuildCommand is not null;
        if (isBuilt) text.From("debian:bookworm-slim", "build").Line("WORKDIR /app").Line("COPY . .").Run(wishes.InstallCommand, null).Run(wishes.BuildCommand, null);
        StaticServer.Serve(text, port, wishes.StartCommand, isBuilt ? $"--from=build /app/{folder}" : folder);
        return new(text.ToString(), port, [$"nginx serves the files of {(folder == "." ? "the top folder" : folder)} on port {port}."]);
    }
}
