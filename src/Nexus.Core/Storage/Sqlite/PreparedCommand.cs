using Microsoft.Data.Sqlite;

namespace Nexus.Core.Storage.Sqlite;

/// <summary>The driver's command, which prepares its text once and tells when its rows are being read.</summary>
internal sealed class PreparedCommand(PreparedCommands commands) : SqliteCommand
{
    private SqliteDataReader? _reader;

    /// <summary>Whether it stays for the next who asks the same; otherwise it is the caller's to dispose of.</summary>
    public required bool IsKept { get; init; }

    public long LastUse { get; set; }

    public bool IsInUse => _reader is not null;

    protected override SqliteDataReader? DataReader
    {
        get => _reader;
        set
        {
            commands.OpenReaders += (value is null ? 0 : 1) - (_reader is null ? 0 : 1);
            _reader = value;
        }
    }
}
