using Npgsql;

namespace Nexus.Core.Databases.Safety;

/// <summary>The third wall is the role that a source connects as: says where it may do more than read and change tables.</summary>
public static class RoleCheck
{
    private const string Hint = "Make a role of its own for Nexus, as docs/databases.md shows, and register the source with it.";

    private const string OwnAttributes = """
        SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_catalog.pg_roles WHERE rolname = current_user
        """;

    // Asked of the owner himself: what a server works out for a group in pg_hba.conf is from before it knows the database, and is kept.
    private const string Memberships = """
        SELECT rolname::text, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_catalog.pg_roles
        WHERE (rolname = ANY ($1::text[]) OR rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls) AND rolname <> current_user
          AND CASE rolname WHEN 'pg_database_owner'
                THEN pg_catalog.pg_has_role(current_user, (SELECT datdba FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()), 'MEMBER')
                ELSE pg_catalog.pg_has_role(current_user, oid, 'MEMBER') END
        ORDER BY rolname
        """;

    private const string Functions = """
        SELECT DISTINCT p.proname::text FROM pg_catalog.pg_proc p
        WHERE p.proname = ANY ($1::text[]) AND p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
          AND pg_catalog.has_function_privilege(current_user, p.oid, 'EXECUTE') ORDER BY 1
        """;

    private static readonly string[] Powerful =
    [
        "pg_read_server_files", "pg_write_server_files", "pg_execute_server_program", "pg_signal_backend", "pg_checkpoint", "pg_create_subscription",
        "pg_maintain", "pg_use_reserved_connections", "pg_database_owner", "pg_read_all_data", "pg_write_all_data", "rds_superuser", "cloudsqlsuperuser",
        "azure_pg_admin", "supabase_admin", "neon_superuser",
    ];

    private static readonly string[] Dangerous = ["pg_read_file", "pg_read_binary_file", "pg_ls_dir", "pg_stat_file", "lo_import", "lo_export", "pg_reload_conf"];

    /// <summary>Every warning at once; none for a role as the documents make it.</summary>
    public static async Task<IReadOnlyList<RoleWarning>> CheckAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var warnings = new List<RoleWarning>();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(OwnAttributes),
                new(Memberships) { Parameters = { new NpgsqlParameter { Value = Powerful } } },
                new(Functions) { Parameters = { new NpgsqlParameter { Value = Dangerous } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        if (await reader.ReadAsync(cancellation)) warnings.AddRange(Attributes(reader, first: 0).Select(one => new RoleWarning(one.Code, $"The role {one.What}.", Hint)));
        if (warnings.Exists(one => one.Code == "superuser")) return warnings; // The rest follows from it.
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) warnings.Add(OfMembership(reader.GetString(0), [.. Attributes(reader, first: 1)]));
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            warnings.Add(new("function", $"The role may call {reader.GetString(0)}, which reaches the database server itself.", Hint));
        return warnings;
    }

    private static IEnumerable<(string Code, string What)> Attributes(NpgsqlDataReader row, int first) =>
        new (string Code, string What)[]
        {
            ("superuser", "is a superuser: it may read the server's files, run programs on it and change everything"),
            ("createrole", "may make and change roles (CREATEROLE)"),
            ("createdb", "may make databases (CREATEDB)"),
            ("replication", "may copy the whole server (REPLICATION)"),
            ("bypassrls", "sees every row whatever the policies say (BYPASSRLS)"),
        }
        .Where((_, index) => row.GetBoolean(first + index));

    /// <summary>Attributes aren't inherited, but whoever is a member may become the other with SET ROLE.</summary>
    private static RoleWarning OfMembership(string role, IReadOnlyList<(string Code, string What)> attributes) => role switch
    {
        "pg_read_server_files" => new(role, "The role may read the database server's files (pg_read_server_files).", Hint),
        "pg_write_server_files" => new(role, "The role may write the database server's files (pg_write_server_files).", Hint),
        "pg_execute_server_program" => new(role, "The role may run programs on the database server (pg_execute_server_program).", Hint),
        _ when attributes.Count > 0 => new(
            attributes[0].Code, $"The role is a member of {role}, which {string.Join(", and ", attributes.Select(one => one.What))}.", Hint),
        _ => new(role, $"The role is a member of {role}, and may do what that may.", Hint),
    };
}
