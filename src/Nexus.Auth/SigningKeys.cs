using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Keys;
using Nexus.Auth.Storage;
using Nexus.Core;
using Nexus.Core.Storage;

namespace Nexus.Auth;

/// <summary>What an operator can see of the signing keys, and do to them, while servers run.</summary>
public sealed class SigningKeys
{
    private readonly AuthOptions _options;
    private readonly SigningKeyStore _store;
    private readonly IDbContextFactory<AuthDbContext> _database;
    private readonly TimeProvider _time;

    internal SigningKeys(AuthOptions options, SigningKeyStore store, IDbContextFactory<AuthDbContext> database, TimeProvider time) =>
        (_options, _store, _database, _time) = (options, store, database, time);

    /// <summary>All keys, the oldest first.</summary>
    /// <exception cref="NexusException"><c>KEYS_FROM_SECRET</c>, or <c>NOT_SET_UP</c> where no server has started yet.</exception>
    public async Task<IReadOnlyList<SigningKeyInfo>> ListAsync(CancellationToken cancellationToken)
    {
        var keys = await LoadAsync(cancellationToken);
        return [.. keys.Select(key => Describe(key, keys))];
    }

    /// <summary>
    /// Makes a new key that signs after a notice; one that is under way already is told instead. At once: for a key that has leaked.
    /// The new one signs without notice, the others are dropped, and every access token ends.
    /// </summary>
    /// <exception cref="NexusException">As for <see cref="ListAsync"/>.</exception>
    public async Task<SigningKeyInfo> RotateAsync(bool atOnce, CancellationToken cancellationToken)
    {
        var keys = await LoadAsync(cancellationToken);
        var newest = keys[^1];
        if (atOnce || newest.SignsFrom <= _time.GetUtcNow())
        {
            var signsFrom = _time.GetUtcNow() + (atOnce ? TimeSpan.Zero : KeyTimes.Notice);
            var isOurs = await _store.TryAddAsync(newest.Generation + 1, signsFrom, cancellationToken);
            if (atOnce && isOurs) await _store.DropBeforeAsync(newest.Generation + 1, cancellationToken);
            keys = await _store.LoadAsync(cancellationToken);
        }

        return Describe(keys[^1], keys);
    }

    private async Task<IReadOnlyList<RingKey>> LoadAsync(CancellationToken cancellationToken)
    {
        if (_options.SigningSecret is not null)
            throw new NexusException(
                "KEYS_FROM_SECRET",
                "The signing key follows from OAUTH_SIGNING_SECRET; there is none to rotate here.",
                "Give every node the new secret as OAUTH_SIGNING_SECRET_NEXT; some minutes later make it OAUTH_SIGNING_SECRET " +
                "and the old one OAUTH_SIGNING_SECRET_PREVIOUS; leave that out two hours later.");

        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        var isUpToDate = !await db.LacksMigrationsAsync(cancellationToken);
        return isUpToDate && await _store.LoadAsync(cancellationToken) is { Count: > 0 } keys
            ? keys
            : throw StorageErrors.NotSetUp();
    }

    private SigningKeyInfo Describe(RingKey key, IReadOnlyList<RingKey> all)
    {
        var now = _time.GetUtcNow();
        return new(
            key.Generation, key.Key.KeyId, key.Algorithm, key.SignsFrom, key.DeadFrom,
            key == RingKey.SigningAt(now, all) ? SigningKeyState.Signing
            : key.SignsFrom > now ? SigningKeyState.Announced
            : key.IsPublished(now) ? SigningKeyState.Retiring
            : SigningKeyState.Dead);
    }
}

/// <summary>A signing key, as operators see it.</summary>
/// <param name="DeadFrom">When its last token is dead; null while no other follows it.</param>
public sealed record SigningKeyInfo(
    int Generation, string KeyId, SigningAlgorithm Algorithm, DateTimeOffset SignsFrom, DateTimeOffset? DeadFrom, SigningKeyState State);

/// <summary>What a key is doing.</summary>
public enum SigningKeyState
{
    /// <summary>Published, so that everybody knows it when it signs.</summary>
    Announced,
    Signing,

    /// <summary>Still published, for the tokens that it signed.</summary>
    Retiring,

    /// <summary>Nobody needs it; it is dropped soon.</summary>
    Dead,
}
