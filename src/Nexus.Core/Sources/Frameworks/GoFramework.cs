using System.Globalization;
using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Frameworks;

/// <summary>Go modules: one static program on Alpine.</summary>
internal sealed partial class GoFramework : IFramework
{
    private const int Port = 8080;

    public string Id => "go";

    public IReadOnlyList<string> Aliases => ["golang", "gin", "echo", "fiber"];

    public string? Recognise(SourceTree source) => source.Has("go.mod") ? "go.mod" : null;

    public WrittenDockerfile Write(SourceTree source, BuildWishes wishes)
    {
        var version = Version().Match(source.Read("go.mod")) is { Success: true } found ? found.Groups[1].Value : "1.24";
        var programs = source.Folders("cmd");
        var package = source.Matching("*.go").Count > 0 || programs.Count == 0 ? "." : $"./cmd/{programs[0]}";
        var port = wishes.Port ?? Port;
        var text = new DockerfileText().From($"golang:{version}-alpine", "build").Line("WORKDIR /src")
            .Line(source.Has("go.sum") ? "COPY go.mod go.sum ./" : "COPY go.mod ./").Run(wishes.InstallCommand, "go mod download")
            .Line("COPY . .").Run(wishes.BuildCommand, $"CGO_ENABLED=0 go build -trimpath -ldflags=\"-s -w\" -o /out/app {package}")
            .From("alpine:3.22").Line("RUN apk add --no-cache ca-certificates tzdata").Line("WORKDIR /app")
            .Line("COPY --from=build /out/ ./").Line(string.Create(CultureInfo.InvariantCulture, $"ENV PORT={port}")).Line("USER 65534")
            .Line(string.Create(CultureInfo.InvariantCulture, $"EXPOSE {port}")).Start(wishes.StartCommand, "exec ./app");
        return new(text.ToString(), port, [$"Package {package} is built with Go {version}.", $"The program listens on port {port}."]);
    }

    [GeneratedRegex(@"^go\s+(1\.\d{1,2})", RegexOptions.CultureInvariant | RegexOptions.Multiline, 1000)]
    private static partial Regex Version();
}
