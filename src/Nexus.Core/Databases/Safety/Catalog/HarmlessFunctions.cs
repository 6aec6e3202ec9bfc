namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>PostgreSQL's own functions that are volatile because their result changes, and not because they change anything.</summary>
internal static class HarmlessFunctions
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "random", "random_normal", "gen_random_uuid", "uuidv4", "uuidv7", "clock_timestamp", "timeofday", "currval", "lastval",
        "pg_relation_size", "pg_table_size", "pg_indexes_size", "pg_total_relation_size", "pg_database_size", "pg_tablespace_size",
        "pg_column_size", "pg_is_in_recovery", "pg_current_wal_lsn", "pg_last_wal_receive_lsn", "pg_last_wal_replay_lsn",
        "pg_last_xact_replay_timestamp", "pg_lock_status", "pg_blocking_pids", "pg_sequence_last_value", "pg_get_replication_slots",
        "pg_stat_get_backend_idset", "pg_partition_tree", "pg_partition_ancestors", "pg_get_keywords", "pg_get_multixact_members", "ts_rewrite",
        "current_query", "currtid2", "pg_collation_actual_version", "pg_database_collation_actual_version", "pg_jit_available", "pg_stat_have_stats",
        "tsvector_update_trigger", "tsvector_update_trigger_column", "suppress_redundant_updates_trigger", "pg_xact_status", "txid_status", "pg_xact_commit_timestamp", "pg_last_committed_xact", "pg_notification_queue_usage",
    };

    /// <summary>They change a sequence: a write, and no more.</summary>
    private static readonly HashSet<string> Sequences = new(StringComparer.Ordinal) { "nextval", "setval" };

    public static bool ReadsOnly(string name) => Names.Contains(name);

    public static bool Writes(string name) => Sequences.Contains(name);
}
