using System.Collections.Concurrent;
using Nexus.Core.Databases.Sources;

namespace Nexus.Core.Databases.Connections;

/// <summary>Keeps one source from being asked too much at a time by this node.</summary>
public sealed class SourceSlots(ExternalDatabaseOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> _slots = new();

    /// <exception cref="NexusException"><c>SOURCE_BUSY</c>.</exception>
    internal async Task<IDisposable> TakeAsync(Guid slot, CancellationToken cancellationToken)
    {
        var slots = _slots.GetOrAdd(slot, _ => new(options.QueriesPerSource));
        return await slots.WaitAsync(Patience, cancellationToken) ? new Slot(slots) : throw SourceErrors.Busy(options.QueriesPerSource);
    }

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
