using Nexus.Core.Databases.Connections;
using Npgsql;

namespace Nexus.Core.Databases.Queries;

/// <summary>Asks a server's catalog about types that not every server has: enums, domains, extensions' types, and arrays of them.</summary>
internal static class TypeLookup
{
    private const string Sql = """
        SELECT t.oid::bigint, pg_catalog.format_type(t.oid, NULL), t.typcategory = 'A' AND t.typelem <> 0,
               COALESCE(NULLIF(e.typbasetype, 0), e.oid)::bigint
        FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
        WHERE t.oid = ANY ($1::bigint[]::oid[])
        """;

    public static async Task<IReadOnlyDictionary<uint, ColumnType>> AskAsync(
        SourceSession session, IReadOnlyCollection<uint> oids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, session.Npgsql, session.Transaction);
        command.Parameters.Add(new() { Value = oids.Select(oid => (long)oid).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<uint, ColumnType>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var isArray = reader.GetBoolean(2);
            var kind = isArray && ColumnType.Find((uint)reader.GetInt64(3)) is { } element ? element.Kind : ValueKind.Text;
            found[(uint)reader.GetInt64(0)] = new(reader.GetString(1), kind, isArray);
        }

        return found;
    }
}
