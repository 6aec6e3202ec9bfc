using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Core.Networking;

/// <summary>Registers what opens connections to places that strangers name.</summary>
public static class NetworkingServices
{
    public static IServiceCollection AddNexusNetworking(this IServiceCollection services, OutboundOptions options) => services
        .AddSingleton(options)
        .AddSingleton<OutboundGuard>();
}
