using System.Collections.Concurrent;
using Nexus.Core.Databases.Connections;
using Nexus.Core.Databases.Sources;

namespace Nexus.Core.Databases.Schema;

/// <summary>Keeps schemas for five minutes, those of a few sources at most.</summary>
public sealed class SchemaCache(SourceSessions sessions, TimeProvider time)
{
    internal static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private const int Most = 32;
    private readonly ConcurrentDictionary<Guid, CachedSchema> _schemas = new();

    internal async Task<CachedSchema> GetAsync(DatabaseSource source, bool refresh, CancellationToken cancellationToken)
    {
        if (!refresh && _schemas.TryGetValue(source.Id, out var cached) && time.GetUtcNow() - cached.ReadAt < Kept) return cached;
        await using var session = await sessions.BeginAsync(source, readOnly: true, cancellationToken);
        var read = new CachedSchema(await SchemaReader.ReadAsync(session, cancellationToken), time.GetUtcNow());
        _schemas[source.Id] = read;
        foreach (var (id, _) in _schemas.OrderByDescending(one => one.Value.ReadAt).Skip(Most)) _schemas.TryRemove(id, out _);
        return read;
    }

    /// <summary>What is known of a source has just been changed by us.</summary>
    internal void Forget(Guid sourceId) => _schemas.TryRemove(sourceId, out _);
}

/// <summary>A schema, and when it was that.</summary>
internal sealed record CachedSchema(SchemaGraph Graph, DateTimeOffset ReadAt);
