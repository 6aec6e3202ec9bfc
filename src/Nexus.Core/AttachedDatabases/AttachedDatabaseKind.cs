using System.Text.Json.Serialization;

namespace Nexus.Core.AttachedDatabases;

/// <summary>The databases that can be run beside a deployment. Their names in small letters are their host names, too.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AttachedDatabaseKind>))]
public enum AttachedDatabaseKind
{
    Mysql,
    Postgresql,
    Mongodb,
    Redis,
}
