// An authorization server of oidc-provider that does what Nexus does: PKCE, signed access tokens, refresh tokens that rotate.
// `oidc.mjs PORT [POSTGRESQL-URL]`; without the URL everything is in memory. GET /mint?client_id=…&code_challenge=… gives the
// code that a person's sign-in and consent would.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import pg from 'pg';

const [port, database] = process.argv.slice(2);
const origin = `http://127.0.0.1:${port}`;
const resource = `${origin}/mcp`;
const scope = 'offline_access deployments:read';
const redirectUri = 'http://localhost/callback';
const { privateKey } = await generateKeyPair('ES256', { extractable: true });

const provider = new Provider(origin, {
  adapter: database && (await durable(database)),
  jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }] },
  scopes: ['openid', ...scope.split(' ')],
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  issueRefreshToken: async () => true,
  rotateRefreshToken: true,
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  features: {
    devInteractions: { enabled: false },
    registration: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope, audience: resource, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }),
    },
  },
});

/** Its documents' sketch of an adapter, on one table. */
async function durable(url) {
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

async function mint(query) {
  const client = await provider.Client.find(query.get('client_id'));
  const grant = new provider.Grant({ accountId: 'you', clientId: client.clientId });
  grant.addOIDCScope('offline_access');
  grant.addResourceScope(resource, 'deployments:read');
  const code = new provider.AuthorizationCode({
    accountId: 'you', client, grantId: await grant.save(), redirectUri, scope, resource,
    codeChallenge: query.get('code_challenge'), codeChallengeMethod: 'S256', gty: 'authorization_code',
  });
  return code.save();
}

const oidc = provider.callback();
createServer(async (request, response) => {
  const url = new URL(request.url, origin);
  if (url.pathname === '/health') return response.end('ready');
  if (url.pathname !== '/mint') return oidc(request, response);
  try {
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ code: await mint(url.searchParams) }));
  } catch (failure) {
    response.writeHead(500).end(failure.stack);
  }
}).listen(Number(port), '127.0.0.1');
