namespace Nexus.Core.Databases.Safety;

/// <summary>What a statement does, by its verb.</summary>
public enum StatementKind
{
    /// <summary>Unread, or of a kind that is never run.</summary>
    Other,
    Select,
    Show,
    Explain,
    Insert,
    Update,
    Delete,
    Merge,
    Truncate,
    Ddl,
}
