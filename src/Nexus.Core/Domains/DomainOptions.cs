using System.Net;

namespace Nexus.Core.Domains;

/// <summary>How custom domains are proved, and where they have to point.</summary>
public sealed record DomainOptions
{
    /// <summary>The DNS resolvers that are asked; a domain is verified when they agree.</summary>
    public IReadOnlyList<IPEndPoint> Resolvers { get; init; } =
        [IPEndPoint.Parse("1.1.1.1:53"), IPEndPoint.Parse("8.8.8.8:53"), IPEndPoint.Parse("9.9.9.9:53")];

    /// <summary>The server's IPv4 address, for domains that can't be an alias; null where the operator gave none.</summary>
    public IPAddress? PublicAddress { get; init; }

    /// <summary>How long a claim lasts that isn't verified.</summary>
    public TimeSpan ClaimLife { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The name by which CAA records (RFC 8659) allow the authority that certificates come from; null where none come.</summary>
    public string? CertificateAuthority { get; init; }
}
