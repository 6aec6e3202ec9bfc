using System.Security.Cryptography;
using System.Text;
using Nexus.Core.Secrets;

namespace Nexus.Core.Audit;

/// <summary>Seals the ends of chains with a key derived from the operator's, which the database doesn't hold.</summary>
internal sealed class AuditSeals(VaultOptions keys)
{
    public void Seal(AuditChain chain) => (chain.KeyId, chain.Seal) = (keys.Current.Id, Make(keys.Current, chain));

    public bool Holds(AuditChain chain) => keys.Find(chain.KeyId) is { } key && CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Make(key, chain)), Encoding.UTF8.GetBytes(chain.Seal));

    public bool Knows(AuditChain chain) => keys.Find(chain.KeyId) is not null;

    public bool IsCurrent(AuditChain chain) => chain.KeyId == keys.Current.Id;

    private static string Make(VaultKey key, AuditChain chain) => Convert.ToHexStringLower(HMACSHA256.HashData(
        key.Auditing,
        Encoding.UTF8.GetBytes($"{chain.OrganizationId:N}/{chain.Sequence}/{chain.Hash}/{chain.StartSequence}/{chain.StartHash}")));
}
