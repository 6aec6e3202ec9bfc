using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nexus.Core.Builds;
using Nexus.Core.Commands;
using Nexus.Core.Sources;
using Nexus.Core.Sources.Archives;

namespace Nexus.Core.Uploads;

/// <summary>Registers what takes uploads in. What builds from them and removes them is the worker's.</summary>
public static class UploadServices
{
    /// <param name="services">The services of a server that receives uploads.</param>
    /// <param name="dataDirectory">They come in below it.</param>
    /// <param name="limits">Of an archive.</param>
    /// <param name="options">Of an organisation.</param>
    public static IServiceCollection AddNexusUploads(
        this IServiceCollection services, string dataDirectory, SourceLimits limits, UploadOptions options)
    {
        services.TryAddSingleton(limits);
        services.TryAddSingleton<ZipSource>();
        return services
            .AddSourceFolders(dataDirectory)
            .AddSingleton(options)
            .AddSingleton<UploadTurns>()
            .AddSingleton<UploadRoom>()
            .AddSingleton<UploadIntake>()
            .AddSingleton(provider => new UploadCommands(
                provider.GetRequiredService<CommandDoor>(), provider.GetRequiredService<UploadIntake>(), provider.GetRequiredService<UploadRoom>()));
    }
}
