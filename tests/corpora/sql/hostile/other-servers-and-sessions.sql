=== dblink: other-server
SELECT * FROM dblink('host=127.0.0.1', 'SELECT 1') AS t(a int)
=== dblink-qualified: other-server
SELECT public.dblink_exec('host=169.254.169.254', 'DROP TABLE users')
=== dblink-connect: other-server
SELECT dblink_connect_u('host=/tmp')
=== dblink-in-where: other-server
SELECT * FROM users WHERE dblink_send_query('a', 'SELECT 1') = 1
=== dblink-attribute: other-server
SELECT c.dblink_connect FROM concat('host=127.0.0.1') AS c
=== http: other-server
SELECT * FROM http_get('http://169.254.169.254/')
=== sleep: waits
SELECT pg_sleep(3600)
=== sleep-in-where: waits
SELECT * FROM users WHERE pg_sleep(1) IS NOT NULL
=== sleep-for: waits
SELECT pg_sleep_for('1 hour')
=== sleep-attribute: waits
SELECT s.pg_sleep FROM abs(3600::float8) AS s
=== sleep-named-argument: waits
SELECT pg_catalog.pg_sleep_until("timestamp" => now())
=== terminate: server-control
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
=== cancel: server-control
SELECT pg_cancel_backend(pid) FROM pg_stat_activity
=== reload: server-control
SELECT pg_reload_conf()
=== rotate: server-control
SELECT pg_rotate_logfile()
=== promote: server-control
SELECT pg_promote()
=== switch-wal: server-control
SELECT pg_switch_wal()
=== replication-slot: server-control
SELECT pg_create_physical_replication_slot('evil')
=== logical-slot: server-control
SELECT * FROM pg_create_logical_replication_slot('evil', 'test_decoding')
=== logical-message: server-control
SELECT pg_logical_emit_message(false, 'a', 'b')
=== drop-slot: server-control
SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
=== backup: server-control
SELECT pg_backup_start('evil')
=== stat-reset: server-control
SELECT pg_stat_reset()
=== wal-replay-pause: server-control
SELECT pg_wal_replay_pause()
=== advisory-lock: other-sessions
SELECT pg_advisory_lock(1)
=== notify-function: other-sessions
SELECT pg_notify('a', 'b')
=== export-snapshot: other-sessions
SELECT pg_export_snapshot()
=== notify: other-sessions
NOTIFY a, 'b'
=== listen: other-sessions
LISTEN a
=== unlisten: other-sessions
UNLISTEN *
=== lock: other-sessions
LOCK TABLE users IN ACCESS EXCLUSIVE MODE
=== unnamed-volatile: catalog volatile-function
SELECT pg_control_system()
