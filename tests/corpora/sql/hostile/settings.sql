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
=== settings-by-view: catalog session-setting
UPDATE run_settings SET setting = '0' WHERE name = 'statement_timeout'
=== settings-by-view-on-view: catalog session-setting
UPDATE run_settings_view SET setting = 'nexus' WHERE name = 'role'
=== settings-by-merge: catalog session-setting
MERGE INTO run_settings s USING users u ON s.name = u.name WHEN MATCHED THEN UPDATE SET setting = '0'
=== settings-by-renamed-function: catalog session-setting
SELECT quiet_setting('role', 'nexus', false)
=== settings-by-body: catalog session-setting
SELECT set_path()
=== temporary-table: temporary
CREATE TEMP TABLE users (id int)
=== temporary-table-filled: temporary
CREATE TEMPORARY TABLE users AS SELECT 1 AS id
=== temporary-view: temporary
CREATE OR REPLACE TEMP VIEW users AS SELECT 1 AS id
=== temporary-sequence: temporary
CREATE TEMP SEQUENCE evil
=== temporary-by-schema: temporary
CREATE TABLE pg_temp.users (id int)
=== temporary-view-by-schema: temporary
CREATE VIEW pg_temp.users AS SELECT 1 AS id
=== temporary-domain: temporary
CREATE DOMAIN pg_temp.money AS text
=== temporary-enum: temporary
CREATE TYPE pg_temp.mood AS ENUM ('evil')
=== temporary-composite: temporary
CREATE TYPE pg_temp.carrier AS (sql text)
=== temporary-kept: temporary
CREATE TEMP TABLE users (id int) ON COMMIT PRESERVE ROWS
=== temporary-emptied: temporary
CREATE TEMP TABLE users (id int) ON COMMIT DELETE ROWS
=== temporary-of-another: temporary
SELECT * FROM pg_temp_3.evil
=== temporary-function: catalog unknown-function
SELECT pg_temp.evil()
