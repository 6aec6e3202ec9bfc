using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nexus.Core.Sources;
using Nexus.Core.Sources.Archives;
using Nexus.Core.Sources.Folders;
using Nexus.Core.Sources.Git;
using Nexus.Core.Uploads;

namespace Nexus.Core.Builds;

/// <summary>Registers what makes images from sources.</summary>
public static class BuildServices
{
    /// <param name="services">The services of a worker.</param>
    /// <param name="dataDirectory">Sources are put together below it.</param>
    /// <param name="limits">Of a source.</param>
    /// <param name="options">Of a build.</param>
    public static IServiceCollection AddNexusBuilds(
        this IServiceCollection services, string dataDirectory, SourceLimits limits, BuildOptions options)
    {
        services.TryAddSingleton(limits);
        services.TryAddSingleton<ZipSource>();
        return services
            .AddSourceFolders(dataDirectory)
            .AddSingleton(options)
            .AddSingleton<RemoteFinder>()
            .AddSingleton<GitFetcher>()
            .AddSingleton<CodeSource>()
            .AddSingleton<UploadStore>()
            .AddHostedService<UploadPruning>()
            .AddSingleton<SourceFetcher>()
            .AddSingleton<BuildTurns>()
            .AddSingleton<SourceBuilds>();
    }

    /// <summary>One for the process, whichever of its parts asks for it.</summary>
    internal static IServiceCollection AddSourceFolders(this IServiceCollection services, string dataDirectory)
    {
        services.TryAddSingleton(_ => new SourceFolders(Path.Combine(dataDirectory, "sources")));
        return services;
    }
}
