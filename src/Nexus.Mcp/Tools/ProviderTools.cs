using System.ComponentModel;
using ModelContextProtocol.Server;
using Nexus.Core.Access;
using Nexus.Core.Providers;

namespace Nexus.Mcp.Tools;

/// <summary>Where deployments can run.</summary>
[Toolset("identity")]
internal sealed class ProviderTools(ProviderCatalog providers)
{
    [McpServerTool(
        Name = "nexusai_providers_list", Title = "List providers",
        ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    [Description("Lists where deployments can run: what is available, what you may use, and why not. Use it when a provider is refused.")]
    [Performs(Operation.ListProviders)]
    public async Task<ProviderList> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        AccessPolicy.Authorize(actor, Operation.ListProviders);
        return new(await Task.WhenAll(providers.All.Select(provider => DescribeAsync(provider, actor, cancellationToken))));
    }

    private static async Task<ProviderInfo> DescribeAsync(
        IDeploymentProvider provider, Actor actor, CancellationToken cancellationToken)
    {
        var availability = await provider.CheckAsync(cancellationToken);
        var allowed = AccessPolicy.AllowsProvider(actor, provider.Id);
        return new(provider.Id, provider.Name, availability.Available, allowed, provider.Regions, provider.Capabilities)
        {
            Version = availability.Version,
            Builder = availability.Builder,
            UnavailableBecause = availability.Reason,
            NotAllowedBecause = allowed ? null : $"The role {actor.Role} may not use it.",
        };
    }
}

/// <summary>Every provider that the server knows.</summary>
internal sealed record ProviderList(IReadOnlyList<ProviderInfo> Providers);

/// <summary>A provider, and whether it can be used now and by this caller.</summary>
internal sealed record ProviderInfo(
    string Id, string Name, bool Available, bool Allowed, IReadOnlyList<string> Regions, ProviderCapabilities Capabilities)
{
    public string? Version { get; init; }
    public string? Builder { get; init; }
    public string? UnavailableBecause { get; init; }
    public string? NotAllowedBecause { get; init; }
}
