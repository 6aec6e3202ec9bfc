using Microsoft.Data.Sqlite;

namespace Nexus.Core.Storage.Sqlite;

/// <summary>The commands of one connection by their text, with their prepared statements. Those used least recently make room.</summary>
internal sealed class PreparedCommands(SqliteConnection connection) : IDisposable
{
    /// <summary>A statement takes 5 to 50 kilobytes of memory.</summary>
    public const int Most = 64;

    private readonly Dictionary<string, PreparedCommand> _kept = [];
    private long _uses;

    public int Count => _kept.Count;

    public int OpenReaders { get; set; }

    /// <summary>One for the text that nobody uses: the kept one, or another while the kept one's rows are being read.</summary>
    public PreparedCommand Take(string text, bool keep)
    {
        if (!keep) return New(text, keep: false);
        if (!_kept.TryGetValue(text, out var command)) command = Keep(text);
        else if (command.IsInUse) return New(text, keep: false);
        command.LastUse = ++_uses;
        return command;
    }

    public void Remove(PreparedCommand command)
    {
        if (command.IsKept) _kept.Remove(command.CommandText);
        command.Dispose();
    }

    public void Dispose()
    {
        foreach (var command in _kept.Values) command.Dispose();
        _kept.Clear();
    }

    private PreparedCommand Keep(string text)
    {
        if (_kept.Count >= Most && _kept.Values.Where(command => !command.IsInUse).MinBy(command => command.LastUse) is { } oldest) Remove(oldest);
        return _kept[text] = New(text, keep: true);
    }

    private PreparedCommand New(string text, bool keep) => new(this) { CommandText = text, Connection = connection, IsKept = keep };
}
