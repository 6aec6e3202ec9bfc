=== one: read
SELECT 1
=== semicolon-at-end: read
SELECT 1;
=== columns: read
SELECT id, email FROM users WHERE deleted_at IS NULL ORDER BY id LIMIT 10
=== words-in-a-string: read
SELECT 'DROP DATABASE app; DELETE FROM users' AS text
=== semicolon-in-a-string: read
SELECT body FROM notes WHERE body LIKE '%; DROP%'
=== words-in-a-comment: read
SELECT 1 -- DROP TABLE users; COMMIT
=== words-in-a-nested-comment: read
SELECT /* TRUNCATE users /* ; */ COMMIT */ id FROM users
=== words-in-a-dollar-quote: read
SELECT $q$DO $$ BEGIN END $$; COPY users TO PROGRAM 'id'$q$
=== words-as-identifiers: read
SELECT 1 AS "DROP TABLE users;", 2 AS "pg_read_file"
=== function-name-as-string: read
SELECT 'pg_read_file', $$set_config('role', 'x')$$
=== escape-string: read
SELECT E'a\'; DROP TABLE users; --\n'
=== backslash: read
SELECT 'C:\path\', 'x'
=== unicode-string: read
SELECT U&'d\0061ta', U&'d!0061ta' UESCAPE '!', 'größer 🙂'
=== continued-string: read
SELECT 'a'
  'b'
=== values: read
VALUES (1, 'a'), (2, 'b')
=== table: read
TABLE sales.regions
=== join: read
SELECT u.name, o.total FROM users u JOIN orders o ON o.user_id = u.id WHERE o.status = 'paid' ORDER BY o.total DESC, o.id
=== joins-of-all-kinds: read
SELECT count(*) FROM users u LEFT JOIN orders o ON o.user_id = u.id FULL JOIN notes n ON n.id = u.id CROSS JOIN sales.regions r
=== natural-join-using: read
SELECT count(*) FROM users JOIN notes USING (id) NATURAL LEFT JOIN sales.regions
=== group-having: read
SELECT user_id, sum(total) FROM orders GROUP BY user_id HAVING sum(total) > 100 ORDER BY user_id
=== grouping-sets: read
SELECT status, placed_on, count(*) FROM orders GROUP BY GROUPING SETS ((status), (placed_on), ()) ORDER BY 1, 2, 3
=== rollup: read
SELECT status, count(*) FROM orders GROUP BY ROLLUP (status) ORDER BY 1
=== filter: read
SELECT count(*) FILTER (WHERE status = 'paid') AS paid, string_agg(status, ',' ORDER BY id) FROM orders
=== within-group: read
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY total), mode() WITHIN GROUP (ORDER BY status) FROM orders
=== window: read
SELECT id, rank() OVER (PARTITION BY user_id ORDER BY total DESC), lag(total) OVER w FROM orders WINDOW w AS (ORDER BY id) ORDER BY id
=== window-frame: read
SELECT id, avg(total) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM orders ORDER BY id
=== with: read
WITH recent AS (SELECT * FROM orders WHERE placed_on > current_date - 30) SELECT count(*) FROM recent
=== with-several: read
WITH a AS (SELECT 1 AS x), b AS MATERIALIZED (SELECT x + 1 AS y FROM a) SELECT * FROM a, b
=== recursive: read
WITH RECURSIVE chain AS (SELECT id, name, 1 AS depth FROM employees WHERE manager_id IS NULL UNION ALL SELECT e.id, e.name, c.depth + 1 FROM employees e JOIN chain c ON e.manager_id = c.id) SELECT * FROM chain ORDER BY depth
=== recursive-search: read
WITH RECURSIVE t AS (SELECT id, manager_id FROM employees WHERE id = 3 UNION ALL SELECT e.id, e.manager_id FROM employees e JOIN t ON e.id = t.manager_id) SEARCH DEPTH FIRST BY id SET o CYCLE id SET looped USING path SELECT id FROM t ORDER BY id
=== recursive-series: read
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT sum(i) FROM n
=== subquery: read
SELECT name FROM users WHERE id IN (SELECT user_id FROM orders WHERE total > 300) ORDER BY id
=== exists: read
SELECT name FROM users u WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.user_id = u.id AND o.status = 'lost') ORDER BY id
=== any-all: read
SELECT id FROM orders WHERE user_id = ANY (ARRAY[1, 2]) AND total >= ALL (SELECT 1) ORDER BY id
=== scalar-subquery: read
SELECT name, (SELECT count(*) FROM orders o WHERE o.user_id = u.id) AS orders FROM users u ORDER BY id
=== lateral: read
SELECT u.id, o.total FROM users u CROSS JOIN LATERAL (SELECT total FROM orders WHERE user_id = u.id ORDER BY total DESC LIMIT 1) o ORDER BY u.id
=== lateral-function: read
SELECT u.id, t.tag FROM users u, LATERAL unnest(u.tags) WITH ORDINALITY AS t(tag, n) ORDER BY u.id, t.n
=== union: read
SELECT email FROM users UNION SELECT body FROM notes ORDER BY 1
=== intersect-except: read
(SELECT id FROM users INTERSECT SELECT user_id FROM orders) EXCEPT ALL SELECT 3 ORDER BY 1
=== distinct-on: read
SELECT DISTINCT ON (user_id) user_id, total FROM orders ORDER BY user_id, total DESC
=== case: read
SELECT CASE status WHEN 'paid' THEN 1 ELSE 0 END, CASE WHEN total > 100 THEN 'big' END FROM orders ORDER BY id
=== coalesce: read
SELECT coalesce(deleted_at::text, 'here'), nullif(name, ''), greatest(1, 2), least(id, 3) FROM users ORDER BY id
=== json: read
SELECT profile->>'city', profile->'age', profile#>>'{age}', profile @> '{"city": "Berlin"}', profile ? 'age' FROM users ORDER BY id
=== json-functions: read
SELECT jsonb_agg(jsonb_build_object('id', id, 'tags', to_jsonb(tags)) ORDER BY id) FROM users
=== json-path: read
SELECT jsonb_path_query(profile, '$.age ? (@ > 25)') FROM users ORDER BY id
=== json-each: read
SELECT u.id, e.key, e.value FROM users u, jsonb_each_text(u.profile) e ORDER BY 1, 2
=== json-recordset: read
SELECT * FROM jsonb_to_recordset('[{"a": 1, "b": "x"}]') AS x(a int, b text)
=== arrays: read
SELECT tags[1], tags[1:2], array_length(tags, 1), tags || 'c'::text, 'a' = ANY (tags), tags && ARRAY['b'] FROM users ORDER BY id
=== array-subquery: read
SELECT ARRAY(SELECT id FROM users ORDER BY id), ARRAY[[1, 2], [3, 4]]
=== rows: read
SELECT (u).email, u.*, row(1, 'a') FROM active_users u ORDER BY u.id
=== composite: read
SELECT (row('x')::carrier).sql
=== dates: read
SELECT date_trunc('month', created_at), extract(year FROM created_at), created_at AT TIME ZONE 'UTC', age(created_at), created_at + interval '1 day' FROM users ORDER BY id
=== current: read
SELECT current_date, current_timestamp, localtime, current_user, session_user, current_schema, now(), version()
=== overlaps: read
SELECT (date '2024-01-01', date '2024-02-01') OVERLAPS (date '2024-01-15', interval '1 month')
=== between: read
SELECT id FROM orders WHERE total BETWEEN 10 AND 100 AND id NOT BETWEEN SYMMETRIC 5 AND 3 ORDER BY id
=== like: read
SELECT email FROM users WHERE email ILIKE '%@EXAMPLE.com' AND name NOT LIKE '10!%' ESCAPE '!' AND name SIMILAR TO 'User [0-9]+' ORDER BY id
=== regular-expressions: read
SELECT regexp_replace(email, '@.*$', ''), email ~* '^u[0-9]', (regexp_match(email, '[0-9]+'))[1], substring(email FROM '[0-9]+') FROM users ORDER BY id
=== strings: read
SELECT upper(name), substring(name FROM 1 FOR 3), trim(both 'U' FROM name), position('s' IN name), overlay(name PLACING 'x' FROM 1 FOR 1), format('%s-%I', id, name), name || '!' FROM users ORDER BY id
=== text-search: read
SELECT id FROM notes WHERE to_tsvector('english', body) @@ plainto_tsquery('english', 'first') ORDER BY ts_rank(to_tsvector('english', body), to_tsquery('english', 'first'))
=== casts: read
SELECT '1'::int, CAST('2' AS numeric(10, 2)), int4(3.7), '{1,2}'::int[], date('2024-01-01'), '12:00'::time, 'good'::mood, '1 day'::interval
=== bits: read
SELECT B'101' & B'110', X'FF', 5 # 3, ~1, 1 << 2, |/ 4.0, @ -1, 5 % 3, 2 ^ 3
=== is-tests: read
SELECT true IS NOT TRUE, NULL IS UNKNOWN, 1 IS DISTINCT FROM 2, 1 IS NOT DISTINCT FROM NULL, 'a' IS NOT NULL, 'a' IS NORMALIZED
=== nulls-order: read
SELECT id FROM users ORDER BY deleted_at DESC NULLS LAST, id USING > FETCH FIRST 3 ROWS ONLY
=== with-ties: read
SELECT status FROM orders ORDER BY status FETCH FIRST 1 ROW WITH TIES
=== offset: read
SELECT id FROM users ORDER BY id OFFSET 5 LIMIT 5
=== collate: read
SELECT name FROM users ORDER BY name COLLATE "C"
=== series: read
SELECT d::date FROM generate_series('2024-01-01'::date, '2024-01-10', '1 day') AS d
=== rows-from: read
SELECT * FROM ROWS FROM (generate_series(1, 2), unnest(ARRAY['a', 'b'])) WITH ORDINALITY AS t(a, b, n)
=== tablesample: read
SELECT count(*) >= 0 FROM users TABLESAMPLE BERNOULLI (50) REPEATABLE (1)
=== xml: read
SELECT xmlelement(name a, xmlattributes(1 AS b), 'c'), xmlforest(id AS i) FROM users ORDER BY id
=== qualified-operator: read
SELECT 1 OPERATOR(pg_catalog.+) 2
=== quoted-mixed-case: read
SELECT "U"."id" FROM users AS "U" ORDER BY "U"."id"
=== view: read
SELECT * FROM active_users ORDER BY id
=== materialized-view: read
SELECT * FROM user_totals ORDER BY user_id
=== information-schema: read
SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1
=== system-catalog: read
SELECT relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indrelid WHERE relname = 'users' ORDER BY 2
=== activity: read
SELECT count(*) >= 0 FROM pg_stat_activity WHERE state <> 'idle'
=== locks: read
SELECT count(*) >= 0 FROM pg_locks
=== sizes: read
SELECT pg_size_pretty(pg_total_relation_size('users')), pg_relation_size('users') > 0
=== settings: read
SELECT name FROM pg_settings WHERE name = 'work_mem'
=== current-setting: read
SELECT current_setting('server_encoding'), has_table_privilege('users', 'SELECT')
=== show: read
SHOW server_version
=== show-time-zone: read
SHOW TIME ZONE
=== explain: read
EXPLAIN SELECT * FROM users WHERE id = 1
=== explain-options: read
EXPLAIN (COSTS off, FORMAT json) SELECT * FROM orders
=== explain-analyze: read
EXPLAIN (ANALYZE, TIMING off) SELECT count(*) FROM users
=== explain-write: read
EXPLAIN DELETE FROM users WHERE id = 1
=== stable-function: read
SELECT plain_total(1)
=== immutable-function: read
SELECT double_it(21), double_it(a => 4)
=== random: read
SELECT random() < 2
=== uuid: read
SELECT length(gen_random_uuid()::text), length(clock_timestamp()::text) > 0
=== digest: read
SELECT encode(digest('a', 'sha256'), 'hex'), md5('a'), sha256('a'::bytea)
=== ts-rewrite-of-queries: read
SELECT ts_rewrite('a & b'::tsquery, 'a'::tsquery, 'c'::tsquery)
=== column-named-like-a-setting: read
SELECT s.set_value, s.copy, s.execute, s.role FROM (SELECT 1 AS set_value, 2 AS copy, 3 AS execute, 4 AS role) s
=== order-by-position-and-alias: read
SELECT name AS "order", id AS "select" FROM users ORDER BY 2
=== variadic: read
SELECT concat(VARIADIC ARRAY['a', 'b']), concat_ws('-', 'a', 'b', 'c'), json_build_array(1, 2, 3)
=== comment-between-words: read
SELECT id FROM users WHERE name IS/**/NOT/* really */NULL AND id NOT /* x */ IN (1, 2) ORDER BY id
=== parent-of-nothing: read
SELECT load FROM run_from
=== sequence-value: read
SELECT last_value FROM users_id_seq
=== column-named-http: read
SELECT r.http FROM (SELECT 'GET /' AS http) r
