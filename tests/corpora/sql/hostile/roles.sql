=== create-role: role-change
CREATE ROLE evil SUPERUSER LOGIN
=== create-user: role-change
CREATE USER evil PASSWORD 'x'
=== create-group: role-change
CREATE GROUP evil
=== alter-role: role-change
ALTER ROLE CURRENT_USER SUPERUSER
=== alter-role-password: role-change
ALTER USER nexus PASSWORD 'x'
=== alter-role-set: role-change
ALTER ROLE ALL SET statement_timeout = 0
=== rename-role: role-change
ALTER ROLE nexus_app RENAME TO evil
=== drop-role: role-change
DROP ROLE nexus_app
=== grant: role-change
GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC
=== grant-function: role-change server-file
GRANT EXECUTE ON FUNCTION pg_read_file(text) TO PUBLIC
=== grant-role: role-change
GRANT pg_execute_server_program TO nexus_app
=== revoke: role-change
REVOKE SELECT ON users FROM nexus_app
=== default-privileges: role-change
ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC
=== reassign: role-change
REASSIGN OWNED BY nexus TO nexus_app
=== drop-owned: role-change
DROP OWNED BY nexus_app CASCADE
=== table-owner: role-change
ALTER TABLE users OWNER TO nexus_app
=== function-owner: role-change
ALTER FUNCTION plain_total(int) OWNER TO nexus_app
=== schema-authorization: role-change
CREATE SCHEMA AUTHORIZATION nexus_app
=== schema-with-grant: role-change
CREATE SCHEMA s CREATE TABLE t (a int) GRANT SELECT ON t TO PUBLIC
=== comment-on-role: role-change
COMMENT ON ROLE nexus IS 'x'
=== security-label: role-change
SECURITY LABEL ON TABLE users IS 'x'
=== read-passwords: system-catalog
SELECT rolname, rolpassword FROM pg_authid
=== read-passwords-qualified: system-catalog
SELECT * FROM pg_catalog.pg_shadow
=== read-user-mappings: system-catalog
SELECT * FROM pg_user_mappings
=== read-mapping-options: system-catalog
SELECT * FROM information_schema.user_mapping_options
=== read-server-options: system-catalog
SELECT * FROM information_schema.foreign_server_options
=== read-mappings-beneath: system-catalog
SELECT umoptions FROM information_schema._pg_user_mappings
=== read-passwords-by-view: catalog system-catalog
SELECT * FROM file_passwords
=== read-passwords-by-body: catalog system-catalog
SELECT passwords()
