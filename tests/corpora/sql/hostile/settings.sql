=== set-role: role-switch
SET ROLE postgres
=== set-role-comments: role-switch
SET/**/LOCAL/**/ROLE/**/nexus
=== reset-role: role-switch
RESET ROLE
=== set-session-authorization: role-switch
SET SESSION AUTHORIZATION nexus
=== set-session-authorization-default: role-switch
SET SESSION AUTHORIZATION DEFAULT
=== read-only-off: session-setting
SET transaction_read_only = off
=== default-read-only-off: session-setting
SET default_transaction_read_only TO off
=== search-path: session-setting
SET search_path = pg_temp, public
=== strings: session-setting
SET standard_conforming_strings = off
=== client-encoding: session-setting
SET NAMES 'SJIS'
=== timeout: session-setting
SET LOCAL statement_timeout = 0
=== row-security: session-setting
SET row_security = off
=== replication-role: session-setting
SET session_replication_role = replica
=== reset-all: session-setting
RESET ALL
=== discard-all: session-setting
DISCARD ALL
=== set-config: session-setting
SELECT set_config('transaction_read_only', 'off', false)
=== set-config-qualified: session-setting
SELECT pg_catalog.set_config('role', 'nexus', true)
=== set-config-quoted: session-setting
SELECT "pg_catalog"."set_config"('statement_timeout', '0', false) FROM users
=== set-config-unicode: session-setting
SELECT U&"set\005fconfig"('role', 'nexus', false)
=== set-config-in-where: session-setting
SELECT * FROM users WHERE set_config('role', 'nexus', false) IS NOT NULL
=== set-config-in-order: session-setting
SELECT * FROM users ORDER BY set_config('statement_timeout', '0', false)
=== set-config-in-limit: session-setting
SELECT * FROM users LIMIT (SELECT length(set_config('role', 'nexus', false)))
=== settings-view: system-catalog
UPDATE pg_settings SET setting = 'off' WHERE name = 'transaction_read_only'
=== settings-view-qualified: system-catalog
UPDATE pg_catalog.pg_settings SET setting = '0' WHERE name = 'statement_timeout'
=== catalog-write: system-catalog
UPDATE pg_catalog.pg_proc SET prosecdef = true WHERE proname = 'now'
=== catalog-delete: system-catalog
DELETE FROM pg_class WHERE relname = 'users'
=== catalog-insert: system-catalog
INSERT INTO pg_catalog.pg_authid (rolname) VALUES ('evil')
