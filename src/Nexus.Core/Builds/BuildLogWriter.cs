using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Nexus.Core.Rollouts;
using Nexus.Core.Storage;

namespace Nexus.Core.Builds;

/// <summary>
/// Takes the lines of one build and writes them to the database while it runs, several at a time. What comes after the cap is counted
/// only, but for the last lines, which tell how it ended.
/// </summary>
internal sealed class BuildLogWriter : IProgress<string>, IAsyncDisposable
{
    public const int MostLines = 10_000;
    private const int MostCharacters = 2 * 1024 * 1024;
    private const int LongestLine = 2000;
    private const int TailLines = 40;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly IDbContextFactory<NexusDbContext> _database;
    private readonly TimeProvider _time;
    private readonly BuildLogPlace _place;
    private readonly IReadOnlyList<string> _known;
    private readonly Channel<BuildLogLine> _lines = Channel.CreateUnbounded<BuildLogLine>(new() { SingleReader = true });
    private readonly Queue<(string Stream, string Text)> _tail = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _lock = new();
    private readonly Task _writing;
    private int _number;
    private int _written;
    private int _characters;
    private int _leftOut;
    private DateTimeOffset _last;

    /// <param name="database">Where the lines go.</param>
    /// <param name="place">Whose log it is, and where it goes on.</param>
    /// <param name="known">The texts that it must not show.</param>
    /// <param name="time">Dates the lines.</param>
    public BuildLogWriter(
        IDbContextFactory<NexusDbContext> database, BuildLogPlace place, IReadOnlyList<string> known, TimeProvider time)
    {
        (_database, _place, _known, _time) = (database, place, known, time);
        (_number, _last) = (place.Lines, place.LastAt);
        _writing = WriteAllAsync();
    }

    /// <summary>The last lines.</summary>
    public IReadOnlyList<string> Tail
    {
        get
        {
            lock (_lock) return [.. _tail.Select(line => Shown(line.Text))];
        }
    }

    /// <summary>A line of the builder.</summary>
    public void Report(string value) => Take("build", value);

    /// <summary>A line of our own.</summary>
    public void Say(string text) => Take("nexus", text);

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_leftOut > 0) AddLeftOut();
            _lines.Writer.TryComplete();
        }

        await _ending.CancelAsync();
        await _writing;
        _ending.Dispose();
    }

    private void Take(string stream, string text)
    {
        lock (_lock)
        {
            foreach (var line in text.Split('\n'))
            {
                if (_tail.Count == TailLines) _tail.Dequeue();
                _tail.Enqueue((stream, line));
                if (_written < MostLines && _characters < MostCharacters) Add(stream, line);
                else _leftOut++;
            }
        }
    }

    /// <summary>Redacted before it is cut, so that no half of a secret stays.</summary>
    private string Shown(string line)
    {
        var clean = LogRedactor.Redact(string.Concat(line.TrimEnd('\r').Take(4 * LongestLine).Where(letter => letter == '\t' || !char.IsControl(letter))), _known);
        return clean.Length <= LongestLine ? clean : clean[..LongestLine] + "…";
    }

    private void Add(string stream, string line)
    {
        var text = Shown(line);
        (_written, _characters) = (_written + 1, _characters + text.Length);
        var now = _time.GetUtcNow();
        // PostgreSQL keeps microseconds.
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        _last = now > _last ? now : _last.AddMicroseconds(1);
        _lines.Writer.TryWrite(new()
        {
            DeploymentId = _place.DeploymentId,
            Revision = _place.Revision,
            Number = ++_number,
            At = _last,
            Stream = stream,
            Text = text,
        });
    }

    private void AddLeftOut()
    {
        var last = _tail.TakeLast(Math.Min(_leftOut, TailLines)).ToList();
        if (_leftOut > last.Count) Add("nexus", $"… {_leftOut - last.Count} lines are left out …");
        foreach (var (stream, text) in last) Add(stream, text);
    }

    private async Task WriteAllAsync()
    {
        while (await _lines.Reader.WaitToReadAsync())
        {
            await using var db = await _database.CreateDbContextAsync();
            while (_lines.Reader.TryRead(out var line)) db.BuildLogLines.Add(line);
            await db.SaveChangesAsync();
            await Task.Delay(Interval, _time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <summary>Whose log it is, how many lines an earlier try left in it, and the time of the last.</summary>
internal sealed record BuildLogPlace(Guid DeploymentId, int Revision, int Lines, DateTimeOffset LastAt);
