using System.Collections.Frozen;

namespace Nexus.Core.Databases.Queries;

/// <summary>A type of PostgreSQL's: its name, and how its values become JSON.</summary>
internal sealed record ColumnType(string Name, ValueKind Kind, bool IsArray = false)
{
    private static readonly FrozenDictionary<uint, ColumnType> Known = Built().ToFrozenDictionary();

    /// <summary>Those that every server has; null for others, of which its catalog tells.</summary>
    public static ColumnType? Find(uint oid) => Known.GetValueOrDefault(oid);

    private static Dictionary<uint, ColumnType> Built()
    {
        // The object ids of a type and of its array, as in pg_type.dat, which never change.
        (uint Oid, uint Array, string Name, ValueKind Kind)[] types =
        [
            (16, 1000, "boolean", ValueKind.Boolean),
            (17, 1001, "bytea", ValueKind.Bytes),
            (18, 1002, "\"char\"", ValueKind.Text),
            (19, 1003, "name", ValueKind.Text),
            (20, 1016, "bigint", ValueKind.Integer),
            (21, 1005, "smallint", ValueKind.Integer),
            (23, 1007, "integer", ValueKind.Integer),
            (25, 1009, "text", ValueKind.Text),
            (26, 1028, "oid", ValueKind.Integer),
            (114, 199, "json", ValueKind.Json),
            (142, 143, "xml", ValueKind.Text),
            (600, 1017, "point", ValueKind.Text),
            (650, 651, "cidr", ValueKind.Text),
            (700, 1021, "real", ValueKind.Float),
            (701, 1022, "double precision", ValueKind.Float),
            (790, 791, "money", ValueKind.Text),
            (829, 1040, "macaddr", ValueKind.Text),
            (869, 1041, "inet", ValueKind.Text),
            (1042, 1014, "character", ValueKind.Text),
            (1043, 1015, "character varying", ValueKind.Text),
            (1082, 1182, "date", ValueKind.Text),
            (1083, 1183, "time without time zone", ValueKind.Text),
            (1114, 1115, "timestamp without time zone", ValueKind.Timestamp),
            (1184, 1185, "timestamp with time zone", ValueKind.TimestampWithZone),
            (1186, 1187, "interval", ValueKind.Text),
            (1266, 1270, "time with time zone", ValueKind.Text),
            (1560, 1561, "bit", ValueKind.Text),
            (1562, 1563, "bit varying", ValueKind.Text),
            (1700, 1231, "numeric", ValueKind.Numeric),
            (2205, 2210, "regclass", ValueKind.Text),
            (2950, 2951, "uuid", ValueKind.Text),
            (3614, 3643, "tsvector", ValueKind.Text),
            (3802, 3807, "jsonb", ValueKind.Json),
        ];
        return types
            .SelectMany(type => new[]
            {
                KeyValuePair.Create(type.Oid, new ColumnType(type.Name, type.Kind)),
                KeyValuePair.Create(type.Array, new ColumnType(type.Name + "[]", type.Kind, IsArray: true)),
            })
            .ToDictionary();
    }
}
