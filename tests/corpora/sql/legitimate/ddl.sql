=== create-table: write
CREATE TABLE products (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL CHECK (name <> ''), price numeric(10, 2) DEFAULT 0, user_id bigint REFERENCES users (id) ON DELETE CASCADE, made timestamptz DEFAULT now(), UNIQUE (name, user_id))
=== create-table-if: write
CREATE TABLE IF NOT EXISTS notes (id int)
=== create-table-serial: write
CREATE TABLE t (id serial PRIMARY KEY, key uuid DEFAULT gen_random_uuid(), total int GENERATED ALWAYS AS (1 + 1) STORED)
=== create-table-like: write
CREATE TABLE notes_copy (LIKE notes INCLUDING ALL)
=== create-table-as: write
CREATE TABLE paid AS SELECT * FROM orders WHERE status = 'paid'
=== create-partitions: write
CREATE TABLE events (id int, at date) PARTITION BY RANGE (at)
=== add-column: write
ALTER TABLE users ADD COLUMN phone text
=== add-column-if: write
ALTER TABLE users ADD COLUMN IF NOT EXISTS age int NOT NULL DEFAULT 0 CHECK (age >= 0)
=== add-several: write
ALTER TABLE users ADD COLUMN a int, ADD COLUMN b text DEFAULT 'x', ALTER COLUMN name SET NOT NULL
=== drop-column: write
ALTER TABLE users DROP COLUMN IF EXISTS name CASCADE
=== change-type: write
ALTER TABLE orders ALTER COLUMN placed_on TYPE timestamptz USING placed_on::timestamptz
=== set-default: write
ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'open'
=== drop-not-null: write
ALTER TABLE users ALTER COLUMN email DROP NOT NULL
=== foreign-key: write
ALTER TABLE notes ADD COLUMN user_id bigint, ADD CONSTRAINT notes_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID
=== rename-column: write
ALTER TABLE users RENAME COLUMN name TO full_name
=== rename-table: write
ALTER TABLE notes RENAME TO remarks
=== drop-constraint: write
ALTER TABLE users DROP CONSTRAINT users_email_key
=== index: write
CREATE INDEX orders_user ON orders (user_id)
=== index-of-all-kinds: write
CREATE UNIQUE INDEX IF NOT EXISTS u ON users USING btree (lower(email) DESC NULLS LAST) INCLUDE (name) WHERE deleted_at IS NULL
=== index-gin: write
CREATE INDEX ON users USING gin (profile jsonb_path_ops)
=== drop-index: write
DROP INDEX IF EXISTS nothing_here
=== view: write
CREATE OR REPLACE VIEW paid_orders AS SELECT * FROM orders WHERE status = 'paid' WITH CHECK OPTION
=== materialized-view: write
CREATE MATERIALIZED VIEW IF NOT EXISTS totals AS SELECT sum(total) FROM orders WITH NO DATA
=== refresh: write
REFRESH MATERIALIZED VIEW user_totals
=== drop-view: write
DROP VIEW active_users
=== drop-table: write
DROP TABLE IF EXISTS notes, nothing CASCADE
=== enum: write
CREATE TYPE status AS ENUM ('new', 'paid')
=== enum-value: write
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'fair' BEFORE 'bad'
=== composite-type: write
CREATE TYPE point2 AS (x int, y int)
=== domain: write
CREATE DOMAIN positive AS int CHECK (VALUE > 0)
=== sequence: write
CREATE SEQUENCE invoice START 1000 OWNED BY NONE
=== alter-sequence: write
ALTER SEQUENCE users_id_seq RESTART WITH 1000
=== schema: write
CREATE SCHEMA IF NOT EXISTS reporting
=== comment: write
COMMENT ON COLUMN users.email IS 'Where to write; never DROP DATABASE'
=== trigger: write
CREATE TRIGGER notes_touch BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION noop()
=== drop-trigger: write
DROP TRIGGER orders_logged ON orders
=== policy: write
CREATE POLICY own ON notes FOR SELECT USING (id > 0)
=== enable-row-security: write
ALTER TABLE notes ENABLE ROW LEVEL SECURITY
=== statistics: write
CREATE STATISTICS s (dependencies) ON status, placed_on FROM orders
=== analyze: write
ANALYZE users
=== move-to-schema: write
ALTER TABLE notes SET SCHEMA sales
=== temporary-table: write
CREATE TEMPORARY TABLE scratch (id int) ON COMMIT DROP
=== text-search-trigger: write
CREATE TRIGGER notes_search BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()
=== range-type: write
CREATE TYPE spans AS RANGE (subtype = float8, subtype_diff = float8mi)
=== temporary-table-filled: write
CREATE TEMP TABLE scratch ON COMMIT DROP AS SELECT id FROM users
