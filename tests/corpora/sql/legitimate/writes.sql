=== insert: write
INSERT INTO notes (body) VALUES ('a; DROP TABLE users')
=== insert-several: write
INSERT INTO notes (body) VALUES ('a'), ('b'), (DEFAULT)
=== insert-select: write
INSERT INTO notes (body) SELECT email FROM users WHERE id < 3 RETURNING id, body
=== insert-default: write
INSERT INTO notes DEFAULT VALUES
=== insert-fires-a-trigger: write
INSERT INTO orders (user_id, total) VALUES (1, 9.99)
=== upsert: write
INSERT INTO sales.regions (id, name) VALUES (1, 'West') ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE regions.name <> excluded.name
=== upsert-nothing: write
INSERT INTO users (email) VALUES ('u1@example.com') ON CONFLICT ON CONSTRAINT users_email_key DO NOTHING
=== insert-with: write
WITH n AS (SELECT 'x' AS body) INSERT INTO notes (body) SELECT body FROM n
=== update: write
UPDATE users SET name = 'New', profile = profile || '{"a": 1}' WHERE id = 1
=== update-soft-delete: write
UPDATE users SET deleted_at = now() WHERE deleted_at IS NULL AND id = 2
=== update-from: write
UPDATE orders o SET status = 'vip' FROM users u WHERE u.id = o.user_id AND u.name = 'User 1'
=== update-row: write
UPDATE users SET (name, tags) = ('x', ARRAY['c']) WHERE id = 3 RETURNING *
=== update-subquery: write
UPDATE orders SET total = (SELECT max(total) FROM orders) WHERE id = 1
=== update-json-and-array-parts: write
UPDATE users SET profile['age'] = '30', tags[1] = 'z' WHERE email LIKE 'u1%'
=== update-where-exists: write
UPDATE users SET name = 'x' WHERE EXISTS (SELECT 1 FROM orders o WHERE o.user_id = users.id AND o.total > 500)
=== delete: write
DELETE FROM notes WHERE id = 1
=== delete-using: write
DELETE FROM orders USING users WHERE orders.user_id = users.id AND users.name = 'User 2'
=== delete-flag: write
DELETE FROM notes n WHERE NOT (n.body IS NULL) AND n.id > 0
=== delete-in-with: write
WITH old AS (DELETE FROM orders WHERE status = 'new' RETURNING *) SELECT count(*) FROM old
=== merge: write
MERGE INTO sales.regions r USING (VALUES (1, 'East'), (9, 'New')) v(id, name) ON r.id = v.id WHEN MATCHED THEN UPDATE SET name = v.name WHEN NOT MATCHED THEN INSERT VALUES (v.id, v.name)
=== truncate: write
TRUNCATE notes
=== nextval: write
SELECT nextval('users_id_seq')
=== for-update: write
SELECT * FROM orders WHERE id = 1 FOR UPDATE SKIP LOCKED
=== call-of-a-volatile-function: write
SELECT add_note('x')
