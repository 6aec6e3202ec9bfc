using Nexus.Core.Secrets;

namespace Nexus.Core.Domains.Certificates;

/// <summary>The newest certificate of a domain: private key and chain as PEM, sealed.</summary>
public sealed class IssuedCertificate : ISealedRow
{
    public required Guid DomainId { get; init; }
    public required string KeyId { get; set; }
    public required byte[] Sealed { get; set; }
    public required DateTimeOffset IssuedAt { get; set; }
    public required DateTimeOffset ExpiresAt { get; set; }

    string ISealedRow.Place => PlaceOf(DomainId);

    internal static string PlaceOf(Guid domainId) => $"certificate/{domainId:N}";
}
