namespace Nexus.Core.Providers;

/// <summary>The providers that this server knows, by id or alias.</summary>
public sealed class ProviderCatalog(IEnumerable<IDeploymentProvider> providers)
{
    public const string DefaultId = "docker";

    public IReadOnlyList<IDeploymentProvider> All { get; } = [.. providers];

    public IDeploymentProvider Get(string idOrAlias) =>
        All.FirstOrDefault(provider => provider.Id == idOrAlias || provider.Aliases.Contains(idOrAlias))
        ?? throw new NexusException("UNKNOWN_PROVIDER", "There is no such provider.", "List the providers to see their ids.", "provider");

    public async Task<IDeploymentProvider> RequireAvailableAsync(string? idOrAlias, CancellationToken cancellationToken)
    {
        var provider = Get(idOrAlias ?? DefaultId);
        var availability = await provider.CheckAsync(cancellationToken);
        return availability.Available
            ? provider
            : throw new NexusException("PROVIDER_UNAVAILABLE", availability.Reason!, null, "provider");
    }
}
