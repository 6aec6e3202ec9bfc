using Microsoft.IdentityModel.Tokens;

namespace Nexus.Auth.Keys;

/// <summary>A key that tokens are signed with at some time.</summary>
/// <param name="SignsFrom">Until then it is only published.</param>
/// <param name="DeadFrom">Then its last token is dead, and nobody needs it; null while it is to sign.</param>
internal sealed record RingKey(
    int Generation, SigningAlgorithm Algorithm, AsymmetricSecurityKey Key, DateTimeOffset SignsFrom, DateTimeOffset? DeadFrom)
{
    public SigningCredentials Credentials { get; } = new(Key, Algorithm.ToString());

    public bool IsPublished(DateTimeOffset now) => DeadFrom is null || DeadFrom > now;

    /// <summary>What signs at that time: of those whose time has come the newest.</summary>
    /// <param name="keys">The oldest first, at least one.</param>
    public static RingKey SigningAt(DateTimeOffset now, IReadOnlyList<RingKey> keys) =>
        keys.LastOrDefault(key => key.SignsFrom <= now) ?? keys[0];
}
