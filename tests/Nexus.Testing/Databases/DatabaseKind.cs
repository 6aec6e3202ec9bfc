namespace Nexus.Testing;

/// <summary>Which database a test of storage runs on; each runs on both.</summary>
public enum DatabaseKind
{
    Sqlite,
    PostgreSql,
}
