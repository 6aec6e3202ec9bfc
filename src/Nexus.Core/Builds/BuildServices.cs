using Microsoft.Extensions.DependencyInjection;
using Nexus.Core.Sources;
using Nexus.Core.Sources.Archives;
using Nexus.Core.Sources.Folders;
using Nexus.Core.Sources.Git;

namespace Nexus.Core.Builds;

/// <summary>Registers what makes images from sources.</summary>
public static class BuildServices
{
    /// <param name="services">The services of a worker.</param>
    /// <param name="dataDirectory">Sources are put together below it.</param>
    /// <param name="limits">Of a source.</param>
    /// <param name="options">Of a build.</param>
    public static IServiceCollection AddNexusBuilds(
        this IServiceCollection services, string dataDirectory, SourceLimits limits, BuildOptions options) => services
        .AddSingleton(limits)
        .AddSingleton(options)
        .AddSingleton(_ => new SourceFolders(Path.Combine(dataDirectory, "sources")))
        .AddSingleton<RemoteFinder>()
        .AddSingleton<GitFetcher>()
        .AddSingleton<CodeSource>()
        .AddSingleton<SourceFetcher>()
        .AddSingleton<BuildTurns>()
        .AddSingleton<SourceBuilds>();
}
