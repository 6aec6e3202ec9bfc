namespace Nexus.Core.AttachedDatabases;

/// <summary>How the official image of a kind is run, and what an application is told of it.</summary>
/// <param name="Port">Where it listens.</param>
/// <param name="DataFolder">Where it keeps its data; a volume that outlives its container.</param>
/// <param name="Settings">Variables of its own container.</param>
/// <param name="Command">Empty for the image's own.</param>
/// <param name="ReadyTest">A shell line in the container that succeeds once it takes connections.</param>
/// <param name="Variables">What the deployment's replicas get.</param>
public sealed record AttachedDatabaseRecipe(
    int Port, string DataFolder, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Command, string ReadyTest,
    IReadOnlyDictionary<string, string> Variables)
{
    private const string Name = AttachedDatabase.Name;

    public static AttachedDatabaseRecipe Of(AttachedDatabaseKind kind, string password) => kind switch
    {
        AttachedDatabaseKind.Mysql => Mysql(password),
        AttachedDatabaseKind.Postgresql => Postgresql(password),
        AttachedDatabaseKind.Mongodb => Mongodb(password),
        _ => Redis(password),
    };

    /// <summary>The connection address of the kind, which also becomes <c>DATABASE_URL</c> for the first that is no cache.</summary>
    public string Url => Variables.First(variable => variable.Key.EndsWith("_URL", StringComparison.Ordinal)).Value;

    private static AttachedDatabaseRecipe Mysql(string password) => new(
        3306,
        "/var/lib/mysql",
        new Dictionary<string, string>
        {
            ["MYSQL_USER"] = Name,
            ["MYSQL_PASSWORD"] = password,
            ["MYSQL_DATABASE"] = Name,
            ["MYSQL_ROOT_PASSWORD"] = password,
        },
        [],
        """mysqladmin ping --silent --host 127.0.0.1 --user "$MYSQL_USER" --password="$MYSQL_PASSWORD" """.Trim(),
        new Dictionary<string, string>
        {
            ["MYSQL_HOST"] = "mysql",
            ["MYSQL_PORT"] = "3306",
            ["MYSQL_USER"] = Name,
            ["MYSQL_PASSWORD"] = password,
            ["MYSQL_DATABASE"] = Name,
            ["MYSQL_URL"] = $"mysql://{Name}:{password}@mysql:3306/{Name}",
        });

    // The data in a folder of the volume: a fresh volume's root may hold lost+found.
    private static AttachedDatabaseRecipe Postgresql(string password) => new(
        5432,
        "/var/lib/postgresql/data",
        new Dictionary<string, string>
        {
            ["POSTGRES_USER"] = Name,
            ["POSTGRES_PASSWORD"] = password,
            ["POSTGRES_DB"] = Name,
            ["PGDATA"] = "/var/lib/postgresql/data/pgdata",
        },
        [],
        """pg_isready --quiet --host 127.0.0.1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" """.Trim(),
        new Dictionary<string, string>
        {
            ["POSTGRES_HOST"] = "postgresql",
            ["POSTGRES_PORT"] = "5432",
            ["POSTGRES_USER"] = Name,
            ["POSTGRES_PASSWORD"] = password,
            ["POSTGRES_DB"] = Name,
            ["POSTGRES_URL"] = $"postgresql://{Name}:{password}@postgresql:5432/{Name}",
        });

    private static AttachedDatabaseRecipe Mongodb(string password) => new(
        27017,
        "/data/db",
        new Dictionary<string, string>
        {
            ["MONGO_INITDB_ROOT_USERNAME"] = Name,
            ["MONGO_INITDB_ROOT_PASSWORD"] = password,
            ["MONGO_INITDB_DATABASE"] = Name,
        },
        [],
        """mongosh --quiet --host 127.0.0.1 --eval 'quit(db.runCommand({ ping: 1 }).ok ? 0 : 1)'""",
        new Dictionary<string, string>
        {
            ["MONGO_HOST"] = "mongodb",
            ["MONGO_PORT"] = "27017",
            ["MONGO_USER"] = Name,
            ["MONGO_PASSWORD"] = password,
            ["MONGO_DATABASE"] = Name,
            ["MONGO_URL"] = $"mongodb://{Name}:{password}@mongodb:27017/{Name}?authSource=admin",
        });

    private static AttachedDatabaseRecipe Redis(string password) => new(
        6379,
        "/data",
        new Dictionary<string, string> { ["REDISCLI_AUTH"] = password },
        ["redis-server", "--appendonly", "yes", "--requirepass", password],
        "redis-cli ping | grep -q PONG",
        new Dictionary<string, string>
        {
            ["REDIS_HOST"] = "redis",
            ["REDIS_PORT"] = "6379",
            ["REDIS_PASSWORD"] = password,
            ["REDIS_USER"] = "default",
            ["REDIS_URL"] = $"redis://default:{password}@redis:6379",
        });
}
