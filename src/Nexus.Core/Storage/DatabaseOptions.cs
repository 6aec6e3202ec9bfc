namespace Nexus.Core.Storage;

/// <summary>Where the server keeps what it knows.</summary>
public sealed record DatabaseOptions
{
    /// <summary>A PostgreSQL connection string; null for SQLite in the data folder.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The folder of the SQLite file, the keys and the logs.</summary>
    public required string DataDirectory { get; init; }

    public bool IsPostgreSql => ConnectionString is not null;

    internal string SqliteFile => Path.Combine(DataDirectory, "nexus.db");
}
