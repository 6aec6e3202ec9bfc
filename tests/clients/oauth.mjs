// A client on one of the OAuth libraries, which plays one story to its end:
//   oauth.mjs LIBRARY STORY ISSUER OPTIONS
// LIBRARY is a file in `libraries`, OPTIONS is JSON. What it says comes as lines of JSON: {"open": URL} asks for the person's
// browser, and at the end {"result": FACTS} or {"error": TEXT}.
import { webcrypto } from "node:crypto";
import { SignIn } from "./sign-in.mjs";

const [library, story, issuerText, optionsText] = process.argv.slice(2);
const issuer = new URL(issuerText);
const options = JSON.parse(optionsText);
const { register, known } = await import(`./libraries/${library}.mjs`);

const say = (message) => console.log(JSON.stringify(message));
const open = (address) => say({ open: address });
const scope = "openid offline_access deployments:read deployments:logs";

async function signIn(metadata, privateKey) {
  const callback = await SignIn.listen({ clientName: library }, open);
  const client = await register(issuer, { ...callback.clientMetadata, ...metadata }, privateKey);
  const address = await client.authorize({ redirect_uri: callback.redirectUrl, scope });
  callback.expectedState = address.searchParams.get("state");
  callback.redirectToAuthorization(address);
  const answer = new URL(`${callback.redirectUrl}?${await callback.answer()}`);
  return { client, tokens: await client.exchange(answer) };
}

async function manage({ client_id, registration_client_uri, registration_access_token, redirect_uris }) {
  const headers = { authorization: `Bearer ${registration_access_token}`, "content-type": "application/json" };
  const send = (method, body) => fetch(registration_client_uri, { method, headers, body: body && JSON.stringify(body) });
  const read = await (await send("GET")).json();
  const replaced = await (await send("PUT", { client_id, redirect_uris, client_name: "renamed" })).json();
  const deleted = await send("DELETE");
  const gone = await send("GET");
  return { read: read.client_id === client_id, name: replaced.client_name, deleted: deleted.status, gone: gone.status };
}

const stories = {
  async code() {
    const { client, tokens } = await signIn({ token_endpoint_auth_method: "client_secret_basic" });
    const info = await client.userInfo(tokens.access_token, tokens.subject);
    const refreshed = await client.refresh(tokens.refresh_token);
    const live = await client.introspect(refreshed.access_token);
    await client.revoke(refreshed.refresh_token);
    const dead = await client.introspect(refreshed.access_token);
    const managed = await manage(client.registration);
    return { email: info.email, scope: live.scope, live: live.active, dead: dead.active, managed };
  },

  async key() {
    const algorithm = { name: "ECDSA", namedCurve: "P-256" };
    const { publicKey, privateKey } = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const jwks = { keys: [{ ...(await webcrypto.subtle.exportKey("jwk", publicKey)), use: "sig", alg: "ES256" }] };
    const { client, tokens } = await signIn({ token_endpoint_auth_method: "private_key_jwt", jwks }, privateKey);
    const refreshed = await client.refresh(tokens.refresh_token);
    return { live: (await client.introspect(refreshed.access_token)).active };
  },

  async device() {
    const client = await register(issuer, {
      client_name: library,
      grant_types: ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"],
      response_types: [],
      token_endpoint_auth_method: "client_secret_basic",
    });
    const tokens = await client.device({ scope: "deployments:read" }, open);
    const refreshed = await client.refresh(tokens.refresh_token);
    return { scope: (await client.introspect(refreshed.access_token)).scope };
  },

  async credentials() {
    const client = await known(issuer, options.clientId, options.clientSecret);
    const tokens = await client.credentials({ scope: "deployments:read" });
    const live = await client.introspect(tokens.access_token);
    return { subject: live.sub, scope: live.scope, refreshes: "refresh_token" in tokens };
  },
};

try {
  say({ result: await stories[story]() });
} catch (error) {
  say({ error: `${error?.code ?? ""} ${error?.stack ?? error} ${JSON.stringify(error?.cause ?? null)}` });
}
process.exit(0);
