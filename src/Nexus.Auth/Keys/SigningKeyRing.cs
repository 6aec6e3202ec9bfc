using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Startup;

namespace Nexus.Auth.Keys;

/// <summary>
/// The keys of this node: from the operator's secrets, or from the database, where the first node makes one.
/// Which of them signs follows from the time alone, so that all nodes change over together.
/// </summary>
internal sealed class SigningKeyRing(AuthOptions options, SigningKeyStore store, TimeProvider time) : IStartupStep
{
    private volatile IReadOnlyList<RingKey> _all = [];

    /// <summary>What tokens may be signed with and what is published, the oldest first.</summary>
    public IEnumerable<RingKey> Published
    {
        get
        {
            var now = time.GetUtcNow();
            return All.Where(key => key.IsPublished(now));
        }
    }

    /// <summary>The same, as validators want them.</summary>
    public IEnumerable<SecurityKey> Keys => Published.Select(key => key.Key);

    /// <summary>The algorithms of those keys.</summary>
    public IReadOnlyList<string> Algorithms => [.. Published.Select(key => key.Algorithm.ToString()).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What new tokens are signed with.</summary>
    public SigningCredentials Current => RingKey.SigningAt(time.GetUtcNow(), All).Credentials;

    private IReadOnlyList<RingKey> All => _all is []
        ? throw new InvalidOperationException("The signing keys are loaded by InitializeNexusAuthAsync.")
        : _all;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.SigningSecret is not null)
        {
            _all = [.. FromSecrets()];
            return;
        }

        _all = await store.LoadAsync(cancellationToken);
        if (_all is [.., var newest] && newest.Algorithm == options.SigningAlgorithm) return;

        // The first start, or another algorithm in the settings, which is a rotation like any other.
        var (generation, signsFrom) = _all is [.., var last]
            ? (last.Generation + 1, time.GetUtcNow() + KeyTimes.Notice)
            : (1, time.GetUtcNow());
        await store.TryAddAsync(generation, signsFrom, cancellationToken);
        _all = await store.LoadAsync(cancellationToken);
    }

    /// <summary>Takes over what other nodes or the command line did to the keys; says whether there was anything.</summary>
    public async Task<bool> ReloadAsync(CancellationToken cancellationToken)
    {
        if (options.SigningSecret is not null) return false;
        var generations = await store.GenerationsAsync(cancellationToken);
        if (generations is [] || generations.SequenceEqual(_all.Select(key => key.Generation))) return false;
        _all = await store.LoadAsync(cancellationToken);
        return true;
    }

    private IEnumerable<RingKey> FromSecrets()
    {
        if (options.PreviousSigningSecret is { } previous) yield return FromSecret(previous, DateTimeOffset.MinValue);
        yield return FromSecret(options.SigningSecret!, DateTimeOffset.MinValue);
        if (options.NextSigningSecret is { } next) yield return FromSecret(next, DateTimeOffset.MaxValue);
    }

    private static RingKey FromSecret(string secret, DateTimeOffset signsFrom) =>
        new(0, SigningAlgorithm.ES256, SigningKeyFactory.Derive(secret), signsFrom, DeadFrom: null);
}
