using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Core.Usage;

/// <summary>Registers the counting.</summary>
internal static class UsageServices
{
    /// <summary>Before all that counts, so that the last flush comes when that has stopped.</summary>
    public static IServiceCollection AddNexusUsage(this IServiceCollection services) => services
        .AddSingleton<UsageMetrics>()
        .AddSingleton<UsageBuffer>()
        .AddSingleton<UsageLedger>()
        .AddSingleton<ToolCallMeter>()
        .AddSingleton<BuildMeter>()
        .AddSingleton<CurrentUse>()
        .AddSingleton<UsageQueries>()
        .AddHostedService<UsageFlush>();
}
