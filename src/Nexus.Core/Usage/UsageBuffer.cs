using System.Runtime.InteropServices;

namespace Nexus.Core.Usage;

/// <summary>What this node has counted and not yet written: adding to it costs no more than a lock, as every tool call does it.</summary>
public sealed class UsageBuffer
{
    private readonly Lock _gate = new();
    private Dictionary<UsageKey, long> _pending = [];

    public void Add(UsageKey key, long amount = 1)
    {
        lock (_gate) Put(key, amount);
    }

    internal long PendingOf(UsageKey key)
    {
        lock (_gate) return _pending.GetValueOrDefault(key);
    }

    /// <summary>All that is in it; it is empty then.</summary>
    internal IReadOnlyDictionary<UsageKey, long> Take()
    {
        lock (_gate)
        {
            (var taken, _pending) = (_pending, []);
            return taken;
        }
    }

    /// <summary>What could not be written.</summary>
    internal void PutBack(IReadOnlyDictionary<UsageKey, long> taken)
    {
        lock (_gate)
            foreach (var (key, amount) in taken)
                Put(key, amount);
    }

    private void Put(UsageKey key, long amount) => CollectionsMarshal.GetValueRefOrAddDefault(_pending, key, out _) += amount;
}
