=== drop-database: administration
DROP DATABASE app
=== drop-database-comments: administration
DROP/*x*/DATABASE/*y*/IF EXISTS"app"
=== drop-database-force: administration
DROP DATABASE app WITH (FORCE)
=== create-database: administration
CREATE DATABASE evil TEMPLATE template0
=== alter-database: administration
ALTER DATABASE postgres SET default_transaction_read_only = off
=== rename-database: administration
ALTER DATABASE postgres RENAME TO evil
=== database-owner: administration role-change
ALTER DATABASE postgres OWNER TO nexus_app
=== alter-system: administration
ALTER SYSTEM SET archive_command = 'touch pwned.txt'
=== alter-system-reset: administration
ALTER SYSTEM RESET ALL
=== create-extension: administration
CREATE EXTENSION IF NOT EXISTS plpython3u
=== drop-extension: administration
DROP EXTENSION dblink
=== alter-extension: administration
ALTER EXTENSION dblink UPDATE
=== extension-schema: administration
ALTER EXTENSION dblink SET SCHEMA public
=== load: administration
LOAD 'auto_explain'
=== checkpoint: administration
CHECKPOINT
=== tablespace: administration
CREATE TABLESPACE evil LOCATION '/tmp'
=== publication: administration
CREATE PUBLICATION evil FOR ALL TABLES
=== subscription: administration
CREATE SUBSCRIPTION evil CONNECTION 'host=127.0.0.1' PUBLICATION p
=== event-trigger: administration
CREATE EVENT TRIGGER evil ON ddl_command_start EXECUTE FUNCTION noop()
=== language: administration
CREATE LANGUAGE plperlu
=== drop-language: administration
DROP LANGUAGE plpgsql CASCADE
=== foreign-wrapper: administration
CREATE FOREIGN DATA WRAPPER evil
=== foreign-server: administration
CREATE SERVER evil FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '169.254.169.254')
=== file-table: administration
CREATE FOREIGN TABLE evil (line text) SERVER files OPTIONS (program 'id')
=== user-mapping: administration
CREATE USER MAPPING FOR PUBLIC SERVER files
=== import-schema: administration
IMPORT FOREIGN SCHEMA public FROM SERVER files INTO public
=== vacuum: maintenance
VACUUM FULL users
=== cluster: maintenance
CLUSTER
=== reindex: maintenance
REINDEX DATABASE postgres
=== index-concurrently: maintenance
CREATE INDEX CONCURRENTLY ON users (name)
=== analyze-everything: maintenance
ANALYZE
=== analyze-an-index-that-runs: catalog runs-a-string
ANALYZE run_indexed
=== analyze-options: maintenance
ANALYZE (VERBOSE, SKIP_LOCKED)
