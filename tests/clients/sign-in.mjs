// The part of an MCP client that its author has to write: a memory for registration and tokens, and the loopback
// address at which it waits for the browser (RFC 8252 §7.3).
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

export class SignIn {
  static async listen({ clientName }, open) {
    const server = createServer((request, response) => {
      response.end("You can close this page.");
      const callback = new URL(request.url, "http://127.0.0.1");
      if (callback.pathname === "/callback") server.emit("answer", callback.searchParams);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    return new SignIn(server, clientName, open);
  }

  constructor(server, clientName, open) {
    this.redirectUrl = `http://127.0.0.1:${server.address().port}/callback`;
    this.clientMetadata = {
      client_name: clientName,
      redirect_uris: [this.redirectUrl],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    };
    this.server = server;
    this.open = open;
  }

  // The parameters with which the browser comes back.
  async answer() {
    const callback = await this.awaited;
    if (callback.get("state") !== this.expectedState) throw new Error("The state is not ours.");
    return callback;
  }

  // Makes the access token one that the server refuses, as an expired one is.
  spoil() {
    this.saved = { ...this.saved, access_token: "spoiled" };
  }

  redirectToAuthorization(address) {
    this.awaited = once(this.server, "answer").then(([callback]) => callback);
    this.open(address.href);
  }

  state() {
    return (this.expectedState = randomUUID());
  }

  clientInformation() {
    return this.registered;
  }

  saveClientInformation(information) {
    this.registered = information;
  }

  tokens() {
    return this.saved;
  }

  saveTokens(tokens) {
    this.saved = tokens;
  }

  codeVerifier() {
    return this.verifier;
  }

  saveCodeVerifier(verifier) {
    this.verifier = verifier;
  }
}
