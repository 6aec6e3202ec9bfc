using System.Collections.Concurrent;

namespace Nexus.Auth.Http;

/// <summary>
/// Keeps fetched documents as long as they are fresh, and failures for a short while. Requests for the same document at once
/// fetch it once. Each node keeps its own.
/// </summary>
internal sealed class WebDocuments(WebDocumentFetcher fetcher, TimeProvider time)
{
    private const int MostEntries = 1000;

    /// <summary>How long a failure counts, and how often a fresh document may be asked for anew at most.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> _entries = new();

    /// <summary>Whether asking for the document would go out to the network.</summary>
    public bool WouldFetch(string url) => !_entries.TryGetValue(url, out var entry) || IsStale(entry);

    /// <exception cref="WebDocumentException">There is no such document.</exception>
    public Task<WebDocument> GetAsync(string url, int mostBytes)
    {
        if (_entries.TryGetValue(url, out var known) && !IsStale(known)) return known.Document;
        return Replace(url, known, mostBytes);
    }

    /// <summary>Fetches the document although it is fresh, unless that was done a moment ago.</summary>
    /// <exception cref="WebDocumentException">There is no such document.</exception>
    public Task<WebDocument> GetNewerAsync(string url, int mostBytes)
    {
        if (_entries.TryGetValue(url, out var known) && time.GetUtcNow() < known.StartedAt + Pause) return known.Document;
        return Replace(url, known, mostBytes);
    }

    private Task<WebDocument> Replace(string url, Entry? known, int mostBytes)
    {
        if (_entries.Count >= MostEntries) Trim();
        var entry = new Entry(() => fetcher.FetchAsync(url, mostBytes), time.GetUtcNow());
        var current = known is null
            ? _entries.GetOrAdd(url, entry)
            : _entries.TryUpdate(url, entry, known) ? entry : _entries.GetOrAdd(url, entry);
        return current.Document;
    }

    private bool IsStale(Entry entry) => entry.Document switch
    {
        { IsCompletedSuccessfully: true } document => document.Result.FreshUntil <= time.GetUtcNow(),
        { IsCompleted: true } => entry.StartedAt + Pause <= time.GetUtcNow(),
        _ => false,
    };

    private void Trim()
    {
        foreach (var (url, entry) in _entries)
            if (IsStale(entry)) _entries.TryRemove(url, out _);
        if (_entries.Count >= MostEntries) _entries.Clear();
    }

    private sealed class Entry(Func<Task<WebDocument>> fetch, DateTimeOffset startedAt)
    {
        private readonly Lazy<Task<WebDocument>> _document = new(fetch);

        public DateTimeOffset StartedAt { get; } = startedAt;

        public Task<WebDocument> Document => _document.Value;
    }
}
