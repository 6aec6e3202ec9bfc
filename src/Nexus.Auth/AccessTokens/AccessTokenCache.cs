using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Nexus.Auth.AccessTokens;

/// <summary>
/// The access tokens that this node found valid lately, by their hash, and when each was last seen alive in the database.
/// Holds a bounded number; what falls out is only validated again.
/// </summary>
internal sealed class AccessTokenCache(TimeProvider time)
{
    private const int MostEntries = 20_000;

    private readonly ConcurrentDictionary<UInt128, CachedGrant> _entries = new();

    public CachedGrant? Find(string token)
    {
        if (!_entries.TryGetValue(Key(token), out var entry)) return null;
        if (entry.Verdict.Grant!.ExpiresAt > time.GetUtcNow()) return entry;
        _entries.TryRemove(Key(token), out _);
        return null;
    }

    public void Add(string token, CachedGrant entry)
    {
        if (_entries.Count >= MostEntries) Trim();
        _entries[Key(token)] = entry;
    }

    public IReadOnlyCollection<CachedGrant> UsedSinceLastCall() =>
        [.. _entries.Values.Where(entry => entry.TakeUsed())];

    public void Clear() => _entries.Clear();

    /// <summary>Drops what expired, or was revoked, or — where that isn't enough — everything.</summary>
    public void Trim()
    {
        var now = time.GetUtcNow();
        foreach (var (key, entry) in _entries)
            if (entry.Verdict.Grant!.ExpiresAt <= now || entry.IsRevoked) _entries.TryRemove(key, out _);
        if (_entries.Count >= MostEntries) _entries.Clear();
    }

    // 128 bits of SHA-256: no token is kept, and none can be made that meets another's key.
    private static UInt128 Key(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var bytes = Encoding.UTF8.GetByteCount(token) <= 4096 ? stackalloc byte[4096] : new byte[Encoding.UTF8.GetByteCount(token)];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(token, bytes)], hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
