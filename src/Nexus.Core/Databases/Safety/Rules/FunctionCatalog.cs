namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>The functions that are refused by name; what writes is asked of the database's catalog.</summary>
internal static class FunctionCatalog
{
    private static readonly ForbiddenFunction Files = new("server-file", "reaches the files of the database server", "Keep what you need in a table.");
    private static readonly ForbiddenFunction LargeObjects = new("large-object", "reads or writes large objects", "Keep bytes in a bytea column.");
    private static readonly ForbiddenFunction OtherServers = new("other-server", "connects to another server", "Register that server as a source of its own.");
    private static readonly ForbiddenFunction Strings = new("runs-a-string", "runs SQL that is given as a string or by a name", "Write that query itself as the statement.");
    private static readonly ForbiddenFunction Settings = new("session-setting", "changes a setting", "Leave it out: Nexus makes the settings of the connection.");
    private static readonly ForbiddenFunction Server = new("server-control", "controls the database server or its other sessions", "Ask the database's administrator to do it.");
    private static readonly ForbiddenFunction Waits = new("waits", "keeps a connection waiting", "Leave it out, and ask again later.");
    private static readonly ForbiddenFunction Sessions = new("other-sessions", "reaches other sessions", "Leave it out: the connection ends with the statement.");

    private static readonly Dictionary<string, ForbiddenFunction> ByName = Table(
        (Files, """
            pg_read_file pg_read_file_all pg_read_file_off_len pg_read_file_old pg_read_binary_file pg_read_binary_file_all
            pg_read_binary_file_off_len pg_stat_file pg_current_logfile pg_hba_file_rules pg_ident_file_mappings
            pg_show_all_file_settings pg_logdir_ls pg_config pg_import_system_collations lo_import lo_import_with_oid lo_export
            be_lo_import be_lo_import_with_oid be_lo_export
            """),
        (LargeObjects, """
            lo_open lo_close lo_creat lo_create lo_unlink lo_lseek lo_lseek64 lo_tell lo_tell64 lo_truncate lo_truncate64 lo_get lo_put
            lo_from_bytea lo_manage lo_oid loread lowrite
            """),
        (OtherServers, "postgres_fdw_get_connections postgres_fdw_disconnect postgres_fdw_disconnect_all http http_get http_post http_put http_patch http_delete http_head"),
        (Strings, """
            query_to_xml query_to_xmlschema query_to_xml_and_xmlschema cursor_to_xml cursor_to_xmlschema table_to_xml table_to_xmlschema
            table_to_xml_and_xmlschema schema_to_xml schema_to_xmlschema schema_to_xml_and_xmlschema database_to_xml database_to_xmlschema
            database_to_xml_and_xmlschema ts_stat crosstab crosstab2 crosstab3 crosstab4 crosstab_hash connectby connectby_text
            connectby_text_serial xpath_table exec_sql execute_sql domain_in record_in array_in range_in multirange_in
            pg_input_is_valid pg_input_error_info ts_stat1 ts_stat2
            tsquery_rewrite_query
            """),
        (Settings, "set_config set_limit setseed"),
        (Server, """
            pg_terminate_backend pg_cancel_backend pg_reload_conf pg_rotate_logfile pg_rotate_logfile_v2 pg_rotate_logfile_old pg_promote
            pg_switch_wal pg_switch_xlog pg_create_restore_point pg_backup_start pg_backup_stop pg_start_backup pg_stop_backup
            pg_log_backend_memory_contexts pg_log_standby_snapshot pg_create_physical_replication_slot pg_create_logical_replication_slot
            pg_copy_physical_replication_slot pg_copy_logical_replication_slot pg_drop_replication_slot pg_sync_replication_slots
            pg_prewarm autoprewarm_start_worker autoprewarm_dump_now pg_stat_statements_reset pg_buffercache_evict pg_nextoid
            pg_stop_making_pinned_objects pg_truncate_visibility_map heap_force_kill heap_force_freeze
            brin_summarize_new_values brin_summarize_range brin_desummarize_range gin_clean_pending_list
            """),
        (Waits, "pg_sleep pg_sleep_for pg_sleep_until pg_isolation_test_session_is_blocked"),
        (Sessions, "pg_notify pg_export_snapshot"));

    /// <summary>Families of PostgreSQL and its extensions that share the beginning of their names.</summary>
    private static readonly (string Beginning, ForbiddenFunction Forbidden)[] ByBeginning =
    [
        ("pg_ls_", Files), ("pg_file_", Files), ("dblink", OtherServers), ("pg_logical_", Server), ("pg_replication_", Server),
        ("pg_wal_replay_", Server), ("pg_xlog_replay_", Server), ("pg_stat_reset", Server), ("binary_upgrade_", Server), ("pg_restore_", Server),
        ("pg_clear_", Server), ("pg_advisory_", Sessions), ("pg_try_advisory_", Sessions),
    ];

    public static ForbiddenFunction? Find(string name, int? arguments) =>
        ByName.TryGetValue(name, out var forbidden) ? forbidden
        : name == "ts_rewrite" && arguments is null or 1 or 2 ? Strings
        : Array.Find(ByBeginning, one => name.StartsWith(one.Beginning, StringComparison.Ordinal)).Forbidden;

    private static Dictionary<string, ForbiddenFunction> Table(params (ForbiddenFunction Forbidden, string Names)[] families) =>
        (from family in families
         from name in family.Names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
         select (name, family.Forbidden)).ToDictionary(one => one.name, one => one.Forbidden, StringComparer.Ordinal);
}
