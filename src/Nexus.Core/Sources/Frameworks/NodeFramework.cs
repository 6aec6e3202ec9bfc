using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Frameworks;

/// <summary>Node applications, and sites that Node tools build.</summary>
internal sealed partial class NodeFramework : IFramework
{
    private const int Port = 3000;
    private static readonly string[] Dependencies = ["dependencies", "devDependencies"];
    private static readonly string[] Majors = ["18", "20", "22", "24"];

    /// <summary>Tools that leave a static site behind, with the folder that they write to.</summary>
    private static readonly (string Package, string Folder)[] SiteBuilders =
        [("react-scripts", "build"), ("vite", "dist"), ("@vue/cli-service", "dist"), ("astro", "dist"), ("gatsby", "public"), ("parcel", "dist"), ("@11ty/eleventy", "_site")];

    public string Id => "node";

    public IReadOnlyList<string> Aliases =>
        ["nodejs", "javascript", "typescript", "express", "nextjs", "next", "nestjs", "nuxt", "react", "vue", "svelte", "vite", "astro", "angular", "remix", "fastify"];

    public string? Recognise(SourceTree source) => source.Has("package.json") ? "package.json" : null;

    public WrittenDockerfile Write(SourceTree source, BuildWishes wishes)
    {
        var package = source.ReadJson("package.json");
        var manager = NodePackages.Of(source);
        var image = $"node:{Version(source, package)}-slim";
        var build = Script(package, "build") is null ? null : $"{manager.Run} build";
        var text = new DockerfileText().From(image, "build").Line("WORKDIR /app")
            .LineIf(manager.Enable is not null, $"RUN {manager.Enable}")
            .LineIf(source.Has("package.json"), $"COPY {manager.Files} ./").Run(wishes.InstallCommand, source.Has("package.json") ? manager.Install : null)
            .Line("COPY . .").Run(wishes.BuildCommand, build);
        string[] found = [$"Packages are installed with {manager.Name} on {image}.", build is null ? "There is no build script." : $"It is built with '{wishes.BuildCommand ?? build}'."];
        return SiteFolder(package, wishes) is { } folder ? Site(text, folder, wishes, found) : Server(text, source, package, manager, image, wishes, found);
    }

    private static WrittenDockerfile Site(DockerfileText text, string folder, BuildWishes wishes, string[] found)
    {
        var port = wishes.Port ?? StaticServer.Port;
        StaticServer.Serve(text, port, null, $"--from=build /app/{folder}");
        return new(text.ToString(), port, [.. found, $"nginx serves the files of {folder} on port {port}."]);
    }

    private static WrittenDockerfile Server(
        DockerfileText text, SourceTree source, JsonElement? package, NodePackages manager, string image, BuildWishes wishes, string[] found)
    {
        var port = wishes.Port ?? Port;
        var start = StartOf(source, package, manager);
        text.LineIf(wishes.InstallCommand is null && source.Has("package.json"), $"RUN {manager.Prune}")
            .From(image).Line(string.Create(CultureInfo.InvariantCulture, $"ENV NODE_ENV=production PORT={port}")).Line("WORKDIR /app")
            .LineIf(manager.Enable is not null, $"RUN {manager.Enable}")
            .Line("COPY --from=build --chown=1000:1000 /app ./").Line("USER 1000")
            .Line(string.Create(CultureInfo.InvariantCulture, $"EXPOSE {port}")).Start(wishes.StartCommand, start);
        return new(text.ToString(), port, [.. found, $"It is started with '{wishes.StartCommand ?? start}' and listens on port {port}."]);
    }

    /// <summary>A site is what says so, or what is built by such a tool and has nothing to start.</summary>
    private static string? SiteFolder(JsonElement? package, BuildWishes wishes)
    {
        if (wishes.StartCommand is not null) return null;
        if (wishes.OutputDir is { } folder) return folder.TrimEnd('/');
        var isBuilder = SiteBuilders.FirstOrDefault(one => HasPackage(package, one.Package));
        return isBuilder.Folder is { } built && (Script(package, "start") is null || isBuilder.Package == "react-scripts") ? built : null;
    }

    private static string StartOf(SourceTree source, JsonElement? package, NodePackages manager)
    {
        if (Script(package, "start") is { } script)
            // Straight to Node where that is all the script does: signals reach it then.
            return Plain().IsMatch(script) ? $"exec {script}" : $"exec {manager.Start}";
        var main = package?.TryGetProperty("main", out var named) == true && named.ValueKind == JsonValueKind.String ? named.GetString()! : "";
        var file = new[] { main, "server.js", "index.js", "app.js", "main.js" }.FirstOrDefault(name => name.Length > 0 && NodeFile().IsMatch(name) && source.Has(name));
        return $"exec node {file ?? "index.js"}";
    }

    private static string Version(SourceTree source, JsonElement? package)
    {
        var written = package?.TryGetProperty("engines", out var engines) == true && engines.ValueKind == JsonValueKind.Object
            && engines.TryGetProperty("node", out var node) ? node.ToString() : source.Read(".nvmrc");
        var major = Number().Match(written).Value;
        return Majors.Contains(major) ? major : "22";
    }

    private static string? Script(JsonElement? package, string name) =>
        package?.TryGetProperty("scripts", out var scripts) == true && scripts.ValueKind == JsonValueKind.Object
        && scripts.TryGetProperty(name, out var script) && script.ValueKind == JsonValueKind.String ? script.GetString() : null;

    private static bool HasPackage(JsonElement? package, string name) =>
        Dependencies.Any(kind => package?.TryGetProperty(kind, out var packages) == true
            && packages.ValueKind == JsonValueKind.Object && packages.TryGetProperty(name, out _));

    [GeneratedRegex(@"\Anode [A-Za-z0-9_./ -]+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A[A-Za-z0-9_./-]+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NodeFile();

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();
}
