using System.Globalization;
using System.Text.RegularExpressions;

namespace Nexus.Core.Sources.Frameworks;

/// <summary>.NET projects. Microsoft's images are none of the approved ones, but Ubuntu packages the SDK and the runtime.</summary>
internal sealed partial class DotNetFramework : IFramework
{
    private const int Port = 8080;

    public string Id => "dotnet";

    public IReadOnlyList<string> Aliases => [".net", "aspnet", "aspnetcore", "csharp", "blazor"];

    public string? Recognise(SourceTree source) => Project(source);

    public WrittenDockerfile Write(SourceTree source, BuildWishes wishes)
    {
        var project = Project(source) ?? "";
        var version = VersionOf(source.Read(project));
        var port = wishes.Port ?? Port;
        var program = Path.GetFileNameWithoutExtension(project);
        var apt = "RUN apt-get update && apt-get install -y --no-install-recommends {0} && rm -rf /var/lib/apt/lists/*";
        var text = new DockerfileText().From("ubuntu:24.04", "build").Line(string.Format(CultureInfo.InvariantCulture, apt, $"dotnet-sdk-{version} ca-certificates"))
            .Line("WORKDIR /src").LineIf(project.Length > 0, $"COPY [\"{project}\", \"./\"]").Run(wishes.InstallCommand, "dotnet restore")
            .Line("COPY . .").Run(wishes.BuildCommand, "dotnet publish -c Release -o /out --no-restore -p:UseAppHost=false")
            .From("ubuntu:24.04").Line(string.Format(CultureInfo.InvariantCulture, apt, $"aspnetcore-runtime-{version} ca-certificates"))
            .Line(string.Create(CultureInfo.InvariantCulture, $"ENV ASPNETCORE_HTTP_PORTS={port} DOTNET_EnableDiagnostics=0 PORT={port}")).Line("WORKDIR /app")
            .Line("COPY --from=build /out ./").Line("USER 1000")
            .Line(string.Create(CultureInfo.InvariantCulture, $"EXPOSE {port}")).Start(wishes.StartCommand, $"exec dotnet '{program}.dll'");
        return new(text.ToString(), port, [$"{project} is published with .NET {version} of Ubuntu's packages.", $"The program listens on port {port}."]);
    }

    /// <summary>The first web project, else the first one.</summary>
    private static string? Project(SourceTree source)
    {
        var projects = source.Matching("*.csproj").Where(name => Safe().IsMatch(name)).ToList();
        return projects.Find(name => source.Read(name).Contains("Sdk.Web", StringComparison.Ordinal)) ?? projects.FirstOrDefault();
    }

    private static string VersionOf(string project) => Target().Match(project) switch
    {
        { Success: false } => "8.0",
        var target when target.Groups[1].Value is "8" or "10" => $"{target.Groups[1].Value}.0",
        var target => throw new NexusException(
            "FRAMEWORK_VERSION_UNSUPPORTED", $".NET {target.Groups[1].Value} can't be built here without a Dockerfile.",
            "Target net8.0 or net10.0, or give a dockerfile.", "framework"),
    };

    [GeneratedRegex(@"<TargetFrameworks?>net(\d{1,2})\.0", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Target();

    [GeneratedRegex(@"\A[A-Za-z0-9_. -]+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Safe();
}
