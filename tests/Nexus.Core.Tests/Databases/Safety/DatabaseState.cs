namespace Nexus.Core.Tests.Databases.Safety;

/// <summary>Questions whose answers change when somebody changed something.</summary>
internal static class DatabaseState
{
    /// <summary>What a role for Nexus may not change: roles, rights, code, settings, the server's files.</summary>
    public static IReadOnlyList<string> Protected { get; } =
    [
        .. new[]
        {
            "SELECT * FROM pg_authid", "SELECT * FROM pg_auth_members", "SELECT * FROM pg_db_role_setting", "SELECT * FROM pg_default_acl WHERE defaclrole::regrole::text <> 'nexus_app'",
            "SELECT oid, datname, datdba, datacl, datallowconn, datistemplate FROM pg_database", "SELECT * FROM pg_tablespace", "SELECT * FROM pg_extension",
            "SELECT * FROM pg_foreign_server", "SELECT * FROM pg_foreign_data_wrapper", "SELECT * FROM pg_user_mapping", "SELECT * FROM pg_language",
            "SELECT * FROM pg_publication", "SELECT * FROM pg_subscription", "SELECT * FROM pg_event_trigger", "SELECT slot_name FROM pg_replication_slots",
            "SELECT * FROM pg_proc", "SELECT * FROM pg_operator", "SELECT * FROM pg_cast", "SELECT * FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'",
            "SELECT oid, relname, relowner, relkind, relacl, relrowsecurity FROM pg_class WHERE relnamespace::regnamespace::text !~ '^pg_(toast_)?temp'",
            "SELECT attrelid, attname, atttypid, attnotnull, attacl FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid WHERE relnamespace::regnamespace::text !~ '^pg_'",
            "SELECT r.* FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class WHERE relnamespace::regnamespace::text !~ '^pg_'",
            "SELECT tgrelid, tgname, tgfoid, tgenabled FROM pg_trigger", "SELECT * FROM pg_policy", "SELECT * FROM hidden.accounts",
            "SELECT pg_read_file('postgresql.auto.conf')", "SELECT pg_stat_file('pwned.txt', true)", "SELECT pg_read_file('secret.txt')",
            "SELECT * FROM pg_ls_dir('.')", "SELECT pg_read_file('pg_hba.conf')", "SELECT pg_read_file('postgresql.conf')", "SELECT * FROM pg_parameter_acl",
            "SELECT * FROM pg_ts_dict", "SELECT * FROM pg_collation", "SELECT * FROM pg_conversion", "SELECT * FROM pg_opclass", "SELECT * FROM pg_statistic_ext",
            "SELECT name, setting FROM pg_settings WHERE source = 'configuration file'",
        }.Select(Digest),
    ];

    /// <summary>What it may, with a person's confirmation.</summary>
    public static IReadOnlyList<string> Data { get; } =
    [
        .. new[]
        {
            "SELECT * FROM users", "SELECT * FROM orders", "SELECT * FROM notes", "SELECT * FROM employees", "SELECT * FROM sales.regions",
            "SELECT * FROM user_totals", "SELECT schemaname, sequencename, last_value FROM pg_sequences", "SELECT oid FROM pg_largeobject_metadata",
        }.Select(Digest),
    ];

    private static string Digest(string query) => $"SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM ({query}) t";
}
