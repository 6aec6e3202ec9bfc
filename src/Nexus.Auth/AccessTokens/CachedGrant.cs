using Nexus.Core.Access;

namespace Nexus.Auth.AccessTokens;

/// <summary>A validated access token, and what the database last said of it. Shared by requests and the sweep.</summary>
internal sealed class CachedGrant(Guid tokenId, AccessTokenVerdict verdict)
{
    private long _seenAlive;
    private int _used;
    private volatile bool _revoked;

    public Guid TokenId { get; } = tokenId;

    public AccessTokenVerdict Verdict { get; } = verdict;

    public bool IsRevoked => _revoked;

    /// <summary>Whether the database was asked recently enough to know of any revocation.</summary>
    public bool IsFresh(TimeProvider time, TimeSpan limit)
    {
        Volatile.Write(ref _used, 1);
        return time.GetElapsedTime(Volatile.Read(ref _seenAlive)) < limit;
    }

    /// <summary>Records what the database said when it was asked at <paramref name="timestamp"/>.</summary>
    public void Record(bool alive, long timestamp)
    {
        if (!alive) _revoked = true;
        Volatile.Write(ref _seenAlive, timestamp);
    }

    /// <summary>Whether a request used it since the last time this was asked.</summary>
    public bool TakeUsed() => Interlocked.Exchange(ref _used, 0) == 1;
}
