using System.Globalization;
using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Frameworks;

/// <summary>Cargo packages with one program.</summary>
internal sealed partial class RustFramework : IFramework
{
    private const int Port = 8080;

    public string Id => "rust";

    public IReadOnlyList<string> Aliases => ["cargo", "actix", "axum", "rocket"];

    public string? Recognise(SourceTree source) => source.Has("Cargo.toml") ? "Cargo.toml" : null;

    public WrittenDockerfile Write(SourceTree source, BuildWishes wishes)
    {
        var manifest = source.Read("Cargo.toml");
        var name = Name().Match(manifest) is { Success: true } found ? found.Groups[1].Value : "app";
        var isLocked = source.Has("Cargo.lock");
        var locked = isLocked ? " --locked" : "";
        var port = wishes.Port ?? Port;
        // A workspace's members are not there yet when its manifest is.
        var cachesDependencies = wishes.InstallCommand is null && !manifest.Contains("[workspace]", StringComparison.Ordinal) && source.Has("src/main.rs");
        var text = new DockerfileText().From("rust:1-slim-bookworm", "build").Line("WORKDIR /src")
            .LineIf(cachesDependencies, isLocked ? "COPY Cargo.toml Cargo.lock ./" : "COPY Cargo.toml ./")
            .Run(wishes.InstallCommand, cachesDependencies ? $"mkdir src && echo 'fn main() {{}}' > src/main.rs && cargo build --release{locked} && rm -rf src" : null)
            .Line("COPY . .").LineIf(cachesDependencies, "RUN touch src/main.rs")
            .Run(wishes.BuildCommand, $"cargo build --release{locked}").Line($"RUN mkdir /out && cp target/release/{name} /out/app")
            .From("debian:bookworm-slim").Line("RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*")
            .Line("WORKDIR /app").Line("COPY --from=build /out/ ./").Line(string.Create(CultureInfo.InvariantCulture, $"ENV PORT={port}")).Line("USER 1000")
            .Line(string.Create(CultureInfo.InvariantCulture, $"EXPOSE {port}")).Start(wishes.StartCommand, "exec ./app");
        return new(text.ToString(), port, [$"Package {name} is built with Cargo.", $"The program listens on port {port}."]);
    }

    [GeneratedRegex(@"^name\s*=\s*""([A-Za-z0-9_-]{1,64})""", RegexOptions.CultureInvariant | RegexOptions.Multiline, 1000)]
    private static partial Regex Name();
}
