using System.Globalization;
using Docker.DotNet.Models;

namespace Nexus.Core.Providers.Docker;

/// <summary>
/// Follows a pull: one line of progress a second at most, the digest that it ended with, the error that it ended in.
/// Reports at once and in order, as <see cref="Progress{T}"/> would not.
/// </summary>
internal sealed class PullProgress(string image, IProgress<string>? progress, TimeProvider time, Action heard)
    : IProgress<JSONMessage>
{
    private const string DigestPrefix = "Digest: ";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Layer> _layers = [];
    private long? _lastReport;

    public string? Digest { get; private set; }

    public string? Error { get; private set; }

    public void Report(JSONMessage value)
    {
        heard();
        if (value.Error is { } error) Error = error.Message;
        if (value.Status is not { } status) return;
        if (status.StartsWith(DigestPrefix, StringComparison.Ordinal)) Digest = status[DigestPrefix.Length..];
        else if (value.ID is { Length: > 0 } layer) Follow(layer, status, value.Progress);
    }

    private void Follow(string id, string status, JSONProgress? bytes)
    {
        // The first message with an id names the tag, not a layer.
        if (status.StartsWith("Pulling from", StringComparison.Ordinal)) return;
        var layer = _layers.GetValueOrDefault(id) ?? new Layer();
        if (status == "Downloading") layer = layer with { Current = bytes?.Current ?? layer.Current, Total = bytes?.Total ?? layer.Total };
        if (status is "Download complete" or "Pull complete" or "Already exists")
            layer = layer with { Current = layer.Total, Done = status is not "Download complete" };
        _layers[id] = layer;
        Tell();
    }

    private void Tell()
    {
        if (progress is null || _lastReport is { } last && time.GetElapsedTime(last) < Interval) return;
        _lastReport = time.GetTimestamp();
        var done = _layers.Values.Count(layer => layer.Done);
        var current = Megabytes(_layers.Values.Sum(layer => layer.Current));
        var total = Megabytes(_layers.Values.Sum(layer => layer.Total));
        progress.Report($"Pulling {image}: {done} of {_layers.Count} layers, {current} of {total} MB");
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);

    private sealed record Layer(long Current = 0, long Total = 0, bool Done = false);
}
