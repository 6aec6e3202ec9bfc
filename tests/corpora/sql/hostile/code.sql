=== do: stored-code
DO $$ BEGIN DELETE FROM users; END $$
=== do-execute-format: stored-code
DO $x$ BEGIN EXECUTE format('DROP TABLE %I', 'users'); END $x$
=== do-language: stored-code
DO LANGUAGE plpgsql 'BEGIN PERFORM pg_read_file(''secret.txt''); END'
=== create-function: stored-code
CREATE FUNCTION evil() RETURNS text LANGUAGE sql AS $$ SELECT pg_read_file('secret.txt') $$
=== create-function-definer: stored-code
CREATE OR REPLACE FUNCTION plain_total(a int) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'
=== create-function-atomic: no-where stored-code
CREATE FUNCTION evil() RETURNS void BEGIN ATOMIC DELETE FROM users; END
=== create-procedure: stored-code
CREATE PROCEDURE evil() LANGUAGE plpgsql AS 'BEGIN COMMIT; END'
=== create-c-function: stored-code
CREATE FUNCTION evil(text) RETURNS int LANGUAGE c AS 'libc.so.6', 'system'
=== call: stored-code
CALL do_nothing()
=== alter-function: stored-code
ALTER FUNCTION plain_total(int) SECURITY DEFINER
=== rule: no-where stored-code
CREATE RULE evil AS ON INSERT TO notes DO ALSO DELETE FROM users
=== cast: stored-code
CREATE CAST (text AS int) WITH FUNCTION plain_total(int)
=== operator: server-file stored-code
CREATE OPERATOR === (FUNCTION = pg_read_file, RIGHTARG = text)
=== aggregate: stored-code
CREATE AGGREGATE evil (text) (SFUNC = concat, STYPE = text)
=== prepare: prepared-statement
PREPARE p AS DELETE FROM users WHERE id = 1
=== prepare-whole: no-where prepared-statement
PREPARE p AS DELETE FROM users
=== execute: prepared-statement
EXECUTE p
=== deallocate: prepared-statement
DEALLOCATE ALL
=== cursor: prepared-statement
DECLARE c CURSOR WITH HOLD FOR SELECT * FROM users
=== fetch: prepared-statement
FETCH ALL FROM c
=== explain-analyze-delete: explain-analyze
EXPLAIN ANALYZE DELETE FROM users WHERE id = 1
=== explain-analyze-options: explain-analyze
EXPLAIN (BUFFERS, ANALYZE true) UPDATE users SET name = 'x' WHERE id = 1
=== explain-analyze-off-on: explain-analyze
EXPLAIN (ANALYZE off, ANALYZE on) INSERT INTO notes (body) VALUES ('x')
=== explain-analyze-cte: explain-analyze
EXPLAIN ANALYZE WITH a AS (DELETE FROM users WHERE id = 1 RETURNING 1) SELECT * FROM a
=== explain-analyze-execute: explain-analyze prepared-statement
EXPLAIN ANALYZE EXECUTE p
=== explain-analyze-create: explain-analyze
EXPLAIN ANALYZE CREATE TABLE evil AS SELECT 1
=== query-to-xml: runs-a-string
SELECT query_to_xml('DELETE FROM users', true, false, '')
=== query-to-xml-and-schema: runs-a-string
SELECT query_to_xml_and_xmlschema('SELECT pg_read_file(''secret.txt'')', true, false, '')
=== table-to-xml: runs-a-string
SELECT table_to_xml('pg_authid', true, false, '')
=== database-to-xml: runs-a-string
SELECT database_to_xml(true, false, '')
=== cursor-to-xml: runs-a-string
SELECT cursor_to_xml('c', 1, true, false, '')
=== ts-stat: runs-a-string
SELECT * FROM ts_stat('SELECT to_tsvector(pg_read_file(''secret.txt''))')
=== ts-rewrite: runs-a-string
SELECT ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, pg_read_file(''secret.txt'')::tsquery')
=== crosstab: runs-a-string
SELECT * FROM crosstab('SELECT pg_read_file(''secret.txt''), ''a'', ''b''') AS t(a text, b text)
=== crosstab-attribute: runs-a-string
SELECT s.crosstab2 FROM (SELECT 'SELECT 1') AS s
=== connectby: runs-a-string
SELECT * FROM connectby('users', 'id', 'id', '1', 0) AS t(a int, b int, c int)
=== runner-of-strings: catalog runs-a-string
SELECT run_it('DELETE FROM users')
=== runner-of-strings-stable: catalog runs-a-string
SELECT run_stable('SELECT pg_read_file(''secret.txt'')')
=== runner-of-strings-nested: catalog runs-a-string
SELECT run_outer('DELETE FROM users')
=== runner-of-strings-in-returning: catalog runs-a-string
UPDATE users SET name = 'x' WHERE id = 1 RETURNING run_it('DELETE FROM users')
=== runner-of-strings-attribute: catalog runs-a-string
SELECT f.run_it FROM concat('DELETE FROM users') AS f
=== runner-by-operator: catalog runs-a-string
SELECT @@@ 'DELETE FROM users'::text
=== runner-by-cast: catalog runs-a-string
SELECT row('DELETE FROM users')::carrier::runnable
=== runner-by-aggregate: catalog runs-a-string
SELECT run_all(name) FROM users
=== runner-by-view: catalog runs-a-string
SELECT * FROM run_view
=== runner-by-domain: catalog runs-a-string
SELECT 'x'::run_domain
=== file-in-body: catalog server-file
SELECT read_in_body('secret.txt')
=== superuser-definer: catalog runs-as-superuser
SELECT as_superuser()
=== unknown-function: catalog unknown-function
SELECT no_such_function(1)
=== rename-function: stored-code
ALTER FUNCTION plain_total(int) RENAME TO double_it
=== move-function: stored-code
ALTER FUNCTION plain_total(int) SET SCHEMA sales
=== move-operator: stored-code
ALTER OPERATOR <~> (text, text) SET SCHEMA sales
=== collation: stored-code
CREATE COLLATION evil FROM "C"
=== runner-by-domain-array: catalog runs-a-string
SELECT '{x}'::run_domain[]
=== runner-by-domain-call: catalog runs-a-string
SELECT run_domain('x'::text)
=== runner-by-domain-attribute: catalog runs-a-string
SELECT f.run_domain FROM concat('x') AS f
=== runner-by-domain-in-record: catalog runs-a-string
SELECT jsonb_populate_record(NULL::holder, '{"d": "DELETE FROM users"}')
=== runner-by-domain-in-columns: catalog runs-a-string
SELECT * FROM jsonb_to_record('{"d": "DELETE FROM users"}') AS t(d run_domain)
=== runner-by-domain-input: runs-a-string
SELECT domain_in('DELETE FROM users', 'run_domain'::regtype, -1) IS NULL
=== runner-by-record-input: runs-a-string
SELECT record_in('(x)', 'holder'::regtype, -1) IS NULL
=== runner-by-array-input: runs-a-string
SELECT array_in('{x}', 'run_domain'::regtype, -1) IS NULL
=== runner-by-validity: runs-a-string
SELECT pg_input_is_valid('x', 'run_domain')
=== runner-by-default: catalog runs-a-string
SELECT by_default()
=== runner-by-argument: catalog runs-a-string
SELECT by_argument('x')
=== runner-by-variable: catalog runs-a-string
SELECT by_variable('x')
=== runner-by-operator-in-body: catalog runs-a-string
SELECT by_operator('x')
=== runner-by-attribute-in-body: catalog runs-a-string
SELECT by_attribute('x')
=== runner-by-column: catalog runs-a-string
INSERT INTO run_boxes VALUES (1, 'x')
=== runner-by-index: catalog runs-a-string
INSERT INTO run_indexed VALUES (1)
=== runner-by-assignment: catalog runs-a-string
INSERT INTO run_into SELECT load FROM run_from
=== runner-by-comparison: catalog runs-a-string
SELECT CASE load WHEN load THEN 1 END FROM run_into
=== runner-by-using: catalog runs-a-string
SELECT count(*) FROM run_into a JOIN run_into b USING (load)
=== runner-by-json: catalog runs-a-string
SELECT to_json(p) FROM run_parcels
=== runner-in-index: catalog runs-a-string
CREATE INDEX ON notes (run_it(body))
=== runner-in-default: catalog runs-a-string
ALTER TABLE notes ALTER COLUMN id SET DEFAULT run_it('DELETE FROM users')
=== runner-in-generated: catalog runs-a-string
CREATE TABLE evil (a text, b int GENERATED ALWAYS AS (run_it(a)) STORED)
=== runner-in-policy: catalog runs-a-string
CREATE POLICY evil ON notes USING (run_check(body))
=== runner-in-view: catalog runs-a-string
CREATE VIEW evil AS SELECT run_it('DELETE FROM users')
=== runner-as-trigger: catalog other-sessions runs-a-string
CREATE TRIGGER evil BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION log_order()
=== escaped-name-in-body: catalog unreadable-function
SELECT by_escape('secret.txt')
