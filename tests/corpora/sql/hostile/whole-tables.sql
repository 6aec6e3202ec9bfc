=== delete-all: no-where
DELETE FROM users
=== update-all: no-where
UPDATE users SET name = 'x'
=== delete-where-true: no-where
DELETE FROM users WHERE true
=== delete-where-one: no-where
DELETE FROM users WHERE 1 = 1
=== delete-where-not-false: no-where
DELETE FROM users WHERE NOT false
=== delete-where-is-true: no-where
DELETE FROM users WHERE (1 < 2) IS TRUE
=== delete-where-or: no-where
DELETE FROM users WHERE id = 1 OR 1 = 1
=== delete-where-itself: no-where
DELETE FROM users WHERE id = id
=== delete-where-itself-aliased: no-where
DELETE FROM users u WHERE u.id = u.id OR id = 2
=== update-where-now: no-where
UPDATE users SET name = 'x' WHERE now() > '2000-01-01'
=== update-where-comment: no-where
UPDATE users SET name = 'x' -- WHERE id = 1
=== update-where-in-string: no-where
UPDATE users SET name = ' WHERE id = 1'
=== update-where-in-subquery: no-where
UPDATE users SET name = (SELECT name FROM users WHERE id = 1)
=== delete-in-cte: no-where
WITH gone AS (DELETE FROM users RETURNING *) SELECT count(*) FROM gone
=== update-in-nested-cte: no-where
SELECT 1 FROM (WITH a AS (WITH b AS (UPDATE users SET name = 'x' RETURNING 1) SELECT 1) SELECT 1) s
=== delete-using: no-where
DELETE FROM users USING orders
=== delete-in-cte-of-insert: no-where
WITH gone AS (DELETE FROM orders RETURNING *) INSERT INTO notes (body) SELECT 'x' FROM gone
=== explain-delete-all: no-where
EXPLAIN DELETE FROM users
=== merge-all: no-where
MERGE INTO users u USING orders o ON true WHEN MATCHED THEN DELETE
=== update-with-dollar-quote: no-where
UPDATE users SET name = $where$ WHERE id = 1 $where$
=== delete-where-exists: no-where
DELETE FROM users WHERE EXISTS (SELECT 1)
=== delete-where-subquery: no-where
DELETE FROM users WHERE (SELECT true)
=== delete-where-itself-is-true: no-where
DELETE FROM users WHERE (id = id) IS TRUE
=== delete-where-not-other-than-itself: no-where
DELETE FROM users WHERE NOT (id <> id)
