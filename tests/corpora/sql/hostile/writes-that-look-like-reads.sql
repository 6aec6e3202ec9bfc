=== nextval: confirm
SELECT nextval('users_id_seq')
=== setval: confirm
SELECT setval('users_id_seq', 1000000)
=== nextval-attribute: confirm
SELECT s.nextval FROM CAST('users_id_seq' AS regclass) AS s
=== select-into: confirm
SELECT * INTO evil FROM users
=== select-into-temp: temporary
SELECT 1 AS a INTO TEMP evil
=== create-table-as: confirm
CREATE TABLE evil AS SELECT * FROM users
=== insert-in-cte: confirm
WITH a AS (INSERT INTO notes (body) VALUES ('x') RETURNING *) SELECT * FROM a
=== delete-in-cte: confirm
WITH a AS (DELETE FROM users WHERE id = 1 RETURNING *) SELECT * FROM a
=== update-in-subquery-cte: confirm
SELECT * FROM (WITH a AS (UPDATE users SET name = 'x' WHERE id = 1 RETURNING *) SELECT * FROM a) s
=== for-update: confirm
SELECT * FROM users FOR UPDATE
=== for-share: confirm
SELECT * FROM users FOR KEY SHARE NOWAIT
=== volatile-function: confirm
SELECT add_note('x')
=== volatile-function-in-where: confirm
SELECT * FROM users WHERE add_note(name) > 0
=== volatile-function-attribute: confirm
SELECT n.add_note FROM concat('x') AS n
=== volatile-function-in-view: confirm
SELECT * FROM note_view
=== volatile-operator: confirm
SELECT 'x'::text <~> 'y'::text
=== volatile-aggregate: confirm
SELECT note_all(name) FROM users
=== volatile-nested: confirm
SELECT plain_caller('x')
=== volatile-explained: confirm
EXPLAIN ANALYZE SELECT add_note('x')
=== truncate: confirm
TRUNCATE users, orders CASCADE
=== drop-table: confirm
DROP TABLE users CASCADE
=== drop-column: confirm
ALTER TABLE users DROP COLUMN email
=== row-security: confirm
ALTER TABLE notes DISABLE ROW LEVEL SECURITY
=== nextval-renamed: confirm
SELECT next_quietly('users_id_seq')
=== volatile-with-a-local-setting: confirm
SELECT set_locally()
