// openid-client 6, as its documentation has one use it.
import * as openid from "openid-client";

const insecure = { execute: [openid.allowInsecureRequests] }; // The server is on this machine, without TLS.

export async function register(issuer, metadata, privateKey) {
  const authentication = privateKey && openid.PrivateKeyJwt(privateKey);
  const config = await openid.dynamicClientRegistration(issuer, metadata, authentication, insecure);
  return new Client(config);
}

export async function known(issuer, clientId, secret) {
  return new Client(await openid.discovery(issuer, clientId, secret, openid.ClientSecretBasic(secret), insecure));
}

class Client {
  constructor(config) {
    this.config = config;
    this.registration = config.clientMetadata();
  }

  async authorize(parameters) {
    this.checks = {
      pkceCodeVerifier: openid.randomPKCECodeVerifier(),
      expectedState: openid.randomState(),
      expectedNonce: openid.randomNonce(),
    };
    return openid.buildAuthorizationUrl(this.config, {
      ...parameters,
      state: this.checks.expectedState,
      nonce: this.checks.expectedNonce,
      code_challenge: await openid.calculatePKCECodeChallenge(this.checks.pkceCodeVerifier),
      code_challenge_method: "S256",
    });
  }

  async exchange(callback) {
    const tokens = await openid.authorizationCodeGrant(this.config, callback, this.checks);
    return { ...tokens, subject: tokens.claims().sub };
  }

  refresh(refreshToken) {
    return openid.refreshTokenGrant(this.config, refreshToken);
  }

  userInfo(accessToken, subject) {
    return openid.fetchUserInfo(this.config, accessToken, subject);
  }

  introspect(token) {
    return openid.tokenIntrospection(this.config, token);
  }

  revoke(token) {
    return openid.tokenRevocation(this.config, token);
  }

  async device(parameters, show) {
    const answer = await openid.initiateDeviceAuthorization(this.config, parameters);
    show(answer.verification_uri_complete);
    return openid.pollDeviceAuthorizationGrant(this.config, answer);
  }

  credentials(parameters) {
    return openid.clientCredentialsGrant(this.config, parameters);
  }
}
