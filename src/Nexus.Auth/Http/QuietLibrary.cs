using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Nexus.Auth.Http;

/// <summary>
/// OpenIddict logs whole requests and tokens below the level of warnings (verifiers at Information, tokens at Trace):
/// whatever the settings say of levels, those entries are not written.
/// </summary>
internal static class QuietLibrary
{
    private const string Category = "OpenIddict";

    public static IServiceCollection KeepRequestsOutOfLogs(this IServiceCollection services) =>
        services.AddLogging().PostConfigure<LoggerFilterOptions>(options =>
        {
            var others = options.Rules.Where(rule => rule.CategoryName?.StartsWith(Category, StringComparison.OrdinalIgnoreCase) is true);
            foreach (var rule in others.ToArray()) options.Rules.Remove(rule);
            var providers = options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToArray();
            foreach (var provider in providers) options.Rules.Add(new(provider, Category, LogLevel.Warning, filter: null));
        });
}
