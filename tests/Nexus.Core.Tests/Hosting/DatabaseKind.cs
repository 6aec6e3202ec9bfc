namespace Nexus.Core.Tests.Hosting;

/// <summary>Which database a test of storage runs on; each runs on both.</summary>
public enum DatabaseKind
{
    Sqlite,
    PostgreSql,
}
