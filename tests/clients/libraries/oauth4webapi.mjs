// oauth4webapi 3: each request and each answer by hand.
import { setTimeout as wait } from "node:timers/promises";
import * as oauth from "oauth4webapi";

const insecure = { [oauth.allowInsecureRequests]: true }; // The server is on this machine, without TLS.

async function discover(issuer) {
  const response = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...insecure });
  return oauth.processDiscoveryResponse(issuer, response);
}

export async function register(issuer, metadata, privateKey) {
  const server = await discover(issuer);
  const response = await oauth.dynamicClientRegistrationRequest(server, metadata, insecure);
  const client = await oauth.processDynamicClientRegistrationResponse(response);
  return new Client(server, client, authenticationOf(client, privateKey));
}

export async function known(issuer, clientId, secret) {
  return new Client(await discover(issuer), { client_id: clientId }, oauth.ClientSecretPost(secret));
}

function authenticationOf(client, privateKey) {
  switch (client.token_endpoint_auth_method) {
    case "none":
      return oauth.None();
    case "private_key_jwt":
      return oauth.PrivateKeyJwt(privateKey);
    default:
      return oauth.ClientSecretBasic(client.client_secret);
  }
}

class Client {
  constructor(server, client, authentication) {
    this.server = server;
    this.client = client;
    this.authentication = authentication;
    this.registration = client;
  }

  // What most requests begin with.
  get parts() {
    return [this.server, this.client, this.authentication];
  }

  async authorize({ redirect_uri, ...parameters }) {
    this.verifier = oauth.generateRandomCodeVerifier();
    this.state = oauth.generateRandomState();
    this.nonce = oauth.generateRandomNonce();
    this.redirectUri = redirect_uri;
    const url = new URL(this.server.authorization_endpoint);
    url.search = new URLSearchParams({
      ...parameters,
      redirect_uri,
      client_id: this.client.client_id,
      response_type: "code",
      state: this.state,
      nonce: this.nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(this.verifier),
      code_challenge_method: "S256",
    });
    return url;
  }

  async exchange(callback) {
    const parameters = oauth.validateAuthResponse(this.server, this.client, callback, this.state);
    const response = await oauth.authorizationCodeGrantRequest(...this.parts, parameters, this.redirectUri, this.verifier, insecure);
    const checks = { expectedNonce: this.nonce, requireIdToken: true };
    const tokens = await oauth.processAuthorizationCodeResponse(this.server, this.client, response, checks);
    return { ...tokens, subject: oauth.getValidatedIdTokenClaims(tokens).sub };
  }

  async refresh(refreshToken) {
    const response = await oauth.refreshTokenGrantRequest(...this.parts, refreshToken, insecure);
    return oauth.processRefreshTokenResponse(this.server, this.client, response);
  }

  async userInfo(accessToken, subject) {
    const response = await oauth.userInfoRequest(this.server, this.client, accessToken, insecure);
    return oauth.processUserInfoResponse(this.server, this.client, subject, response);
  }

  async introspect(token) {
    const response = await oauth.introspectionRequest(...this.parts, token, insecure);
    return oauth.processIntrospectionResponse(this.server, this.client, response);
  }

  async revoke(token) {
    await oauth.processRevocationResponse(await oauth.revocationRequest(...this.parts, token, insecure));
  }

  async device(parameters, show) {
    const response = await oauth.deviceAuthorizationRequest(...this.parts, parameters, insecure);
    const answer = await oauth.processDeviceAuthorizationResponse(this.server, this.client, response);
    show(answer.verification_uri_complete);
    for (let interval = answer.interval; ; ) {
      await wait(interval * 1000);
      try {
        const polled = await oauth.deviceCodeGrantRequest(...this.parts, answer.device_code, insecure);
        return await oauth.processDeviceCodeResponse(this.server, this.client, polled);
      } catch (error) {
        if (error.error === "slow_down") interval += 5;
        else if (error.error !== "authorization_pending") throw error;
      }
    }
  }

  async credentials(parameters) {
    const response = await oauth.clientCredentialsGrantRequest(...this.parts, parameters, insecure);
    return oauth.processClientCredentialsResponse(this.server, this.client, response);
  }
}
