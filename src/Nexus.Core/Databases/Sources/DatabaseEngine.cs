namespace Nexus.Core.Databases.Sources;

/// <summary>The kind of a database.</summary>
public enum DatabaseEngine
{
    Postgresql,
}
