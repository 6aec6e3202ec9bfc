using Nexus.Core.Access;
using Nexus.Core.Deployments;
using Nexus.Core.Organizations;
using Nexus.Core.Providers;

namespace Nexus.Auth.Pages;

/// <summary>What a person can be granted beyond their role, and has been.</summary>
internal sealed record GrantsView(PersonView Person, IReadOnlyList<IDeploymentProvider> Providers)
{
    /// <summary>Whether there is anything to grant.</summary>
    public bool IsUseful => AccessPolicy.UsesGrants(Person.Role) && (Environments.Any() || Others.Any());

    public IEnumerable<DeploymentEnvironment> Environments =>
        Enum.GetValues<DeploymentEnvironment>().Except(AccessPolicy.EnvironmentsOf(Person.Role));

    /// <summary>The providers that the role doesn't have.</summary>
    public IEnumerable<IDeploymentProvider> Others => Providers.Where(provider => !AccessPolicy.AllowsProvider(Person.Role, provider.Id));

    public string InWords => Person.Grants.IsEmpty
        ? "what the role allows"
        : "also " + string.Join(", ", [.. Person.Grants.Environments.Select(WordsOf), .. Person.Grants.Providers.Select(NameOf)]);

    public static string WordsOf(DeploymentEnvironment environment) => environment.ToString();

    public bool Has(DeploymentEnvironment environment) => Person.Grants.Environments.Contains(environment);

    public bool Has(IDeploymentProvider provider) => Person.Grants.Providers.Contains(provider.Id);

    private string NameOf(string id) => Providers.FirstOrDefault(provider => provider.Id == id)?.Name ?? id;
}
