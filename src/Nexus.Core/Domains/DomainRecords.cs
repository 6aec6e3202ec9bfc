using Nexus.Core.Deployments;
using Nexus.Core.Domains.Names;
using Nexus.Core.Storage;

namespace Nexus.Core.Domains;

/// <summary>
/// The records that prove a claim. A subdomain is an alias of the deployment's host name, which nobody else has; a domain at its
/// registry's edge can't be one (RFC 1034 §3.6.2), so it points to the server and holds the token. So does a name that was another's.
/// </summary>
public sealed class DomainRecords(ServerAddresses addresses, DomainOptions options)
{
    private const string ChallengeLabel = "_nexus-challenge";

    internal async Task<IReadOnlyList<DnsRecord>> OfAsync(
        NexusDbContext db, CustomDomain domain, Deployment deployment, CancellationToken cancellationToken)
    {
        var wasAnothers = await db.CustomDomains.WasAnothersAsync(domain.Name, domain.OrganizationId, cancellationToken);
        var isApex = PublicSuffixes.IsRegistrable(domain.Name);
        var points = isApex ? Apex(domain.Name) : Alias(domain.Name, deployment.HostLabel);
        return isApex || wasAnothers
            ? [points, new("TXT", $"{ChallengeLabel}.{domain.Name}", domain.Token)]
            : [points];
    }

    private DnsRecord Apex(string name) => options.PublicAddress is { } address
        ? new("A", name, address.ToString())
        : throw DomainErrors.NotPossible(
            $"{name} needs an A record, and the server's public address isn't set.",
            $"Use a subdomain such as www.{name}, or have the operator set Nexus:Domains:PublicAddress.");

    private DnsRecord Alias(string name, string hostLabel) => addresses.AppsDomain.Contains('.')
        ? new("CNAME", name, addresses.AppHost(hostLabel))
        : throw DomainErrors.NotPossible(
            $"Deployments answer below {addresses.AppsDomain}, which public DNS doesn't know.",
            "Have the operator set Nexus:AppsDomain to a domain whose names all point to this server.");
}
