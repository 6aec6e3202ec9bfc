// An MCP server of the TypeScript SDK as its guide shows it: stateless, one tool, an ES256 access token checked by jose.
// `server.mjs PORT`; GET /token gives a token.
import { createServer } from 'node:http';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { generateKeyPair, jwtVerify, SignJWT } from 'jose';

const port = Number(process.argv[2]);
const origin = `http://127.0.0.1:${port}`;
const claims = { issuer: origin, audience: `${origin}/mcp` };
const { privateKey, publicKey } = await generateKeyPair('ES256');
const token = await new SignJWT({ scope: 'deployments:read' })
  .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
  .setIssuer(claims.issuer).setAudience(claims.audience).setSubject('you@example.com').setExpirationTime('1h')
  .sign(privateKey);

const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'peer', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Who you are.' }, async () => ({ content: [{ type: 'text', text: 'you@example.com' }] }));
  return server;
});

async function answer(request, response) {
  if (request.url === '/health') return response.end('ready');
  if (request.url === '/token') return response.end(token);
  const bearer = request.headers.authorization?.replace(/^Bearer /, '');
  const checked = await jwtVerify(bearer ?? '', publicKey, claims).catch(() => null);
  if (!checked) return response.writeHead(401).end();
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const answered = await handler.fetch(
    new Request(`${origin}/mcp`, { method: request.method, headers: request.headers, body: Buffer.concat(chunks) }));
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(Buffer.from(await answered.arrayBuffer()));
}

// Whoever measures may hang up in the middle.
createServer((request, response) => answer(request, response).catch(() => response.destroy())).listen(port, '127.0.0.1');
