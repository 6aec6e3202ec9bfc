// An authorization server of oidc-provider that does what Nexus does: PKCE, signed access tokens, refresh tokens that rotate.
// `oidc.mjs PORT [POSTGRESQL-URL | SQLITE-FILE]`; without the second everything is in memory. GET /mint?client_id=…&code_challenge=…
// gives the code that a person's sign-in and consent would.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { onPostgres, onSqlite } from './durable.mjs';

const [port, database] = process.argv.slice(2);
const origin = `http://127.0.0.1:${port}`;
const resource = `${origin}/mcp`;
const scope = 'offline_access deployments:read';
const redirectUri = 'http://localhost/callback';
const { privateKey } = await generateKeyPair('ES256', { extractable: true });

const provider = new Provider(origin, {
  adapter: database && (await (database.includes('://') ? onPostgres : onSqlite)(database)),
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
