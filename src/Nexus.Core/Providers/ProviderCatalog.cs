namespace Nexus.Core.Providers;

/// <summary>The providers of the contract, by id or alias: the configured ones, and the others with what they lack.</summary>
public sealed class ProviderCatalog(IEnumerable<IDeploymentProvider> configured)
{
    public const string DefaultId = "docker";

    private static readonly MissingProvider[] Known =
    [
        new("swarm", "Docker Swarm", [], ["local"], new(SourceBuilds: true, Scaling: true, CustomDomains: true, AttachedDatabases: true)),
        new("gcp_cloud_run", "Google Cloud Run", ["gcp-cloud-run"], [], new(true, true, true, AttachedDatabases: false)),
        new("aws_ecs_fargate", "AWS ECS on Fargate", ["aws_app_runner"], [], new(true, true, true, AttachedDatabases: false)),
        new("azure_container_apps", "Azure Container Apps", [], [], new(true, true, true, AttachedDatabases: false)),
    ];

    /// <summary>Usable or not; which, each says itself.</summary>
    public IReadOnlyList<IDeploymentProvider> All { get; } =
        [.. configured, .. Known.ExceptBy(configured.Select(provider => provider.Id), known => known.Id)];

    /// <summary>Those that this server has.</summary>
    public IReadOnlyList<IDeploymentProvider> Configured => [.. All.Where(provider => provider is not MissingProvider)];

    /// <exception cref="NexusException"><c>UNKNOWN_PROVIDER</c>.</exception>
    public IDeploymentProvider Get(string idOrAlias) =>
        All.FirstOrDefault(provider => provider.Id == idOrAlias || provider.Aliases.Contains(idOrAlias))
        ?? throw new NexusException(
            "UNKNOWN_PROVIDER", "There is no such provider.",
            $"The providers are {string.Join(", ", All.Select(provider => provider.Id))}.", "provider");

    /// <summary>The provider, or the default one, if it can be used now; else the words of the listing.</summary>
    /// <exception cref="NexusException"><c>UNKNOWN_PROVIDER</c> or <c>PROVIDER_UNAVAILABLE</c>.</exception>
    public async Task<IDeploymentProvider> RequireAvailableAsync(string? idOrAlias, CancellationToken cancellationToken)
    {
        var provider = Get(idOrAlias ?? DefaultId);
        var availability = await provider.CheckAsync(cancellationToken);
        return availability.Available
            ? provider
            : throw new NexusException(
                "PROVIDER_UNAVAILABLE", availability.Reason!, "List the providers to see which can be used.", "provider");
    }

    /// <summary>The same, for a deployment that is built from source.</summary>
    /// <exception cref="NexusException">As <see cref="RequireAvailableAsync"/>, or <c>SOURCE_BUILDS_NOT_SUPPORTED</c>.</exception>
    public async Task<IDeploymentProvider> RequireBuilderAsync(string? idOrAlias, CancellationToken cancellationToken)
    {
        var provider = await RequireAvailableAsync(idOrAlias, cancellationToken);
        return provider.Capabilities.SourceBuilds
            ? provider
            : throw new NexusException(
                "SOURCE_BUILDS_NOT_SUPPORTED", $"{provider.Name} can't build from source.",
                "List the providers to see which can, or deploy an image.", "provider");
    }
}
