// Adapters of oidc-provider that keep what it stores, each on one table, after the sketch in its documents.
import Database from 'better-sqlite3';
import pg from 'pg';

export async function onPostgres(url) {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  await pool.query('CREATE TABLE IF NOT EXISTS stored (id text PRIMARY KEY, payload jsonb NOT NULL, grant_id text, uid text)');
  await pool.query('CREATE INDEX IF NOT EXISTS stored_grant ON stored (grant_id)');
  const one = async (where, value) => (await pool.query(`SELECT payload FROM stored WHERE ${where} = $1`, [value])).rows[0]?.payload;
  return class {
    constructor(name) { this.name = name; }
    key(id) { return `${this.name}:${id}`; }
    upsert(id, payload) {
      return pool.query(
        'INSERT INTO stored VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET payload = $2',
        [this.key(id), payload, payload.grantId, payload.uid]);
    }
    find(id) { return one('id', this.key(id)); }
    findByUid(uid) { return one('uid', uid); }
    findByUserCode() { return undefined; }
    consume(id) {
      return pool.query(`UPDATE stored SET payload = payload || jsonb_build_object('consumed', extract(epoch FROM now())::bigint) WHERE id = $1`, [this.key(id)]);
    }
    destroy(id) { return pool.query('DELETE FROM stored WHERE id = $1', [this.key(id)]); }
    revokeByGrantId(grantId) { return pool.query('DELETE FROM stored WHERE grant_id = $1', [grantId]); }
  };
}

/** With the journal and the durability that Nexus uses. */
export function onSqlite(file) {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.exec('CREATE TABLE IF NOT EXISTS stored (id TEXT PRIMARY KEY, payload TEXT NOT NULL, grant_id TEXT, uid TEXT)');
  db.exec('CREATE INDEX IF NOT EXISTS stored_grant ON stored (grant_id)');
  const upsert = db.prepare('INSERT INTO stored VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET payload = excluded.payload');
  const byId = db.prepare('SELECT payload FROM stored WHERE id = ?');
  const byUid = db.prepare('SELECT payload FROM stored WHERE uid = ?');
  const consume = db.prepare("UPDATE stored SET payload = json_set(payload, '$.consumed', unixepoch()) WHERE id = ?");
  const destroy = db.prepare('DELETE FROM stored WHERE id = ?');
  const revoke = db.prepare('DELETE FROM stored WHERE grant_id = ?');
  const payload = (row) => row && JSON.parse(row.payload);
  return class {
    constructor(name) { this.name = name; }
    key(id) { return `${this.name}:${id}`; }
    async upsert(id, value) { upsert.run(this.key(id), JSON.stringify(value), value.grantId, value.uid); }
    async find(id) { return payload(byId.get(this.key(id))); }
    async findByUid(uid) { return payload(byUid.get(uid)); }
    async findByUserCode() { return undefined; }
    async consume(id) { consume.run(this.key(id)); }
    async destroy(id) { destroy.run(this.key(id)); }
    async revokeByGrantId(grantId) { revoke.run(grantId); }
  };
}
