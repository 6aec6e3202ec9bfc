=== copy-to-program: server-program
COPY (SELECT 1) TO PROGRAM 'touch pwned.txt'
=== copy-from-program: server-program
COPY users FROM PROGRAM 'id'
=== copy-from-program-case: server-program
cOpY/**/users(email)/**/fRoM/**/pRoGrAm $$id$$
=== copy-from-file: server-file
COPY notes (body) FROM 'secret.txt'
=== copy-to-file: server-file
COPY users TO 'pwned.txt'
=== copy-query-to-file: no-where server-file
COPY (DELETE FROM users RETURNING *) TO 'pwned.txt'
=== copy-to-stdout: copy
COPY users TO STDOUT
=== copy-from-stdin: copy
COPY users FROM STDIN
=== read-file: server-file
SELECT pg_read_file('secret.txt')
=== read-file-qualified: server-file
SELECT pg_catalog . pg_read_file ( 'secret.txt' )
=== read-file-quoted: server-file
SELECT "pg_read_file"('secret.txt')
=== read-file-case: server-file
SELECT Pg_ReAd_FiLe('secret.txt')
=== read-file-unicode: server-file
SELECT U&"\0070g_read_file"('secret.txt')
=== read-file-unicode-escape: server-file
SELECT U&"!0070g_read_file" UESCAPE '!' ('secret.txt')
=== read-file-comment: server-file
SELECT pg_read_file/* ( */('secret.txt')
=== read-file-from: server-file
SELECT * FROM pg_read_file('secret.txt') AS f
=== read-file-rows-from: server-file
SELECT * FROM ROWS FROM (pg_read_file('secret.txt'), generate_series(1, 2)) AS f
=== read-file-lateral: server-file
SELECT * FROM users u, LATERAL pg_read_file(u.name) f
=== read-file-attribute: server-file
SELECT f.pg_read_file FROM current_setting('data_directory') AS f
=== read-file-attribute-quoted: server-file
SELECT f."pg_read_file" FROM (VALUES ('secret.txt')) AS f
=== read-file-indirection: server-file
SELECT (f).pg_read_file FROM current_setting('data_directory') AS f
=== read-file-in-case: server-file
SELECT CASE WHEN true THEN pg_read_file('secret.txt') ELSE '' END
=== read-file-in-window: server-file
SELECT row_number() OVER (PARTITION BY pg_read_file('secret.txt')) FROM users
=== read-file-in-having: server-file
SELECT count(*) FROM users GROUP BY name HAVING length(pg_read_file('secret.txt')) > 0
=== read-file-in-cte: server-file
WITH a AS MATERIALIZED (SELECT pg_read_file('secret.txt')) SELECT * FROM a
=== read-file-in-values: server-file
VALUES (pg_read_file('secret.txt'))
=== read-file-in-table-function: server-file
SELECT * FROM XMLTABLE('/a' PASSING xmlparse(content pg_read_file('secret.txt')) COLUMNS b text)
=== read-file-in-insert: server-file
INSERT INTO notes (body) VALUES (pg_read_file('secret.txt'))
=== read-file-in-conflict: server-file
INSERT INTO notes (id, body) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET body = pg_read_file('secret.txt')
=== read-file-in-returning: server-file
DELETE FROM notes WHERE id = 1 RETURNING pg_read_file('secret.txt')
=== read-file-in-default: server-file
ALTER TABLE notes ALTER COLUMN body SET DEFAULT pg_read_file('secret.txt')
=== read-file-in-check: server-file
ALTER TABLE notes ADD CHECK (body <> pg_read_file('secret.txt'))
=== read-file-in-view: server-file
CREATE VIEW evil AS SELECT pg_read_file('secret.txt')
=== read-file-in-matview: server-file
CREATE MATERIALIZED VIEW evil AS SELECT pg_read_file('secret.txt')
=== read-file-in-index: server-file
CREATE INDEX ON notes (pg_read_file(body))
=== read-file-in-policy: server-file
CREATE POLICY evil ON notes USING (pg_read_file('secret.txt') <> '')
=== read-file-in-generated: server-file
CREATE TABLE evil (a text, b text GENERATED ALWAYS AS (pg_read_file(a)) STORED)
=== read-file-in-domain: server-file
CREATE DOMAIN evil AS text CHECK (VALUE <> pg_read_file('secret.txt'))
=== read-file-in-trigger: server-file
CREATE TRIGGER evil BEFORE INSERT ON notes FOR EACH ROW WHEN (pg_read_file('secret.txt') <> '') EXECUTE FUNCTION noop()
=== read-file-explained: server-file
EXPLAIN ANALYZE SELECT pg_read_file('secret.txt')
=== read-file-immutable-folded: server-file
EXPLAIN SELECT pg_read_file('secret.txt')
=== read-binary-file: server-file
SELECT encode(pg_read_binary_file('secret.txt'), 'escape')
=== list-directory: server-file
SELECT pg_ls_dir('.')
=== list-logs: server-file
SELECT * FROM pg_ls_logdir()
=== stat-file: server-file
SELECT (pg_stat_file('secret.txt')).size
=== old-name: server-file
SELECT pg_file_read('secret.txt', 0, 100)
=== write-file: server-file
SELECT pg_file_write('pwned.txt', 'x', false)
=== hba: system-catalog
SELECT * FROM pg_hba_file_rules
=== hba-function: server-file
SELECT * FROM pg_hba_file_rules()
=== lo-import: server-file
SELECT lo_import('secret.txt')
=== lo-export: server-file
SELECT lo_export(16384, 'pwned.txt')
=== lo-create: large-object
SELECT lo_create(0)
=== lo-from-bytea: large-object
SELECT lo_from_bytea(0, 'x')
=== lo-attribute: large-object
SELECT o.lo_unlink FROM (SELECT 1::oid) AS o
=== lo-comment: administration
COMMENT ON LARGE OBJECT 1 IS 'x'
=== view-that-reads-files: catalog server-file
SELECT * FROM file_view
=== view-on-view-that-reads-files: catalog server-file
SELECT count(*) FROM file_view_view
=== foreign-file: catalog server-file
SELECT * FROM foreign_file
=== renamed-internal: catalog server-file
SELECT innocent('secret.txt')
=== renamed-internal-attribute: catalog server-file
SELECT f.innocent FROM (VALUES ('secret.txt')) AS v(a), LATERAL concat(a) AS f
=== foreign-partition: catalog server-file
SELECT * FROM parts
=== renamed-by-operator: catalog server-file
SELECT !@! 'secret.txt'::text
=== refresh-that-reads-files: catalog server-file
REFRESH MATERIALIZED VIEW file_totals
=== view-in-a-body: catalog server-file
SELECT read_view()
=== range-type: server-file
CREATE TYPE evil AS RANGE (subtype = text, subtype_diff = pg_read_file)
=== foreign-table-options: administration
ALTER FOREIGN TABLE foreign_file OPTIONS (SET filename '/etc/passwd')
=== foreign-table-as-table: administration
ALTER TABLE foreign_file OPTIONS (SET filename '/etc/passwd')
=== foreign-column-options: administration
ALTER FOREIGN TABLE foreign_file ALTER COLUMN line OPTIONS (ADD force_not_null 'true')
=== foreign-table-dropped: administration
DROP FOREIGN TABLE foreign_file
=== text-search-dictionary: stored-code
CREATE TEXT SEARCH DICTIONARY evil (TEMPLATE = ispell, DictFile = '../../../../../etc/passwd', AffFile = x)
