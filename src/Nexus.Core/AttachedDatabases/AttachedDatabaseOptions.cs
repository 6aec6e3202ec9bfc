namespace Nexus.Core.AttachedDatabases;

/// <summary>The images that attached databases run. Bound from <c>Nexus:AttachedDatabases</c>.</summary>
public sealed record AttachedDatabaseOptions
{
    public string Mysql { get; init; } = "mysql:8.4";
    public string Postgresql { get; init; } = "postgres:17";
    public string Mongodb { get; init; } = "mongo:8.0";
    public string Redis { get; init; } = "redis:7.4";

    public string ImageOf(AttachedDatabaseKind kind) => kind switch
    {
        AttachedDatabaseKind.Mysql => Mysql,
        AttachedDatabaseKind.Postgresql => Postgresql,
        AttachedDatabaseKind.Mongodb => Mongodb,
        _ => Redis,
    };
}
