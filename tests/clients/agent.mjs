// An agent on one of the TypeScript clients, for a test that speaks for it:
//   agent.mjs LIBRARY MCP_URL OPTIONS
// LIBRARY is `client` (@modelcontextprotocol/client, 2.x) or `sdk` (@modelcontextprotocol/sdk, 1.x); OPTIONS is JSON:
// clientName and era (`client` only). Orders come as lines of JSON on
// standard input and each gets one line of JSON; {"open": URL} asks for the person's browser. It ends with its input.
import { createInterface } from "node:readline";
import { SignIn } from "./sign-in.mjs";

const [library, url, optionsText] = process.argv.slice(2);
const options = JSON.parse(optionsText);
const { Client, StreamableHTTPClientTransport, UnauthorizedError, finish } = await load();

const say = (message) => console.log(JSON.stringify(message));
const signIn = await SignIn.listen(options, (address) => say({ open: address }));
let client;

async function load() {
  if (library === "client") {
    const loaded = await import("@modelcontextprotocol/client");
    return { ...loaded, finish: (transport, callback) => transport.finishAuth(callback) };
  }
  const { Client } = await import("@modelcontextprotocol/sdk/client/index.js");
  const { StreamableHTTPClientTransport } = await import("@modelcontextprotocol/sdk/client/streamableHttp.js");
  const { UnauthorizedError } = await import("@modelcontextprotocol/sdk/client/auth.js");
  return { Client, StreamableHTTPClientTransport, UnauthorizedError, finish: finishByCode };
}

// Version 1 knows the code only; the rest of the answer is its user's to look at.
function finishByCode(transport, callback) {
  if (callback.has("error")) throw new Error(`${callback.get("error")}: ${callback.get("error_description")}`);
  return transport.finishAuth(callback.get("code"));
}

const newTransport = () => new StreamableHTTPClientTransport(new URL(url), { authProvider: signIn });

async function connectOnce(transport) {
  const information = { name: options.clientName, version: "1.0.0" };
  client = new Client(information, options.era ? { versionNegotiation: { mode: options.era } } : undefined);
  await client.connect(transport);
}

async function connect() {
  const transport = newTransport();
  try {
    await connectOnce(transport);
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    await finish(transport, await signIn.answer());
    await connectOnce(newTransport());
  }
}

const orders = {
  connect,
  list: async () => (await client.listTools()).tools.map((tool) => tool.name),
  call: ({ tool, arguments: given }) => client.callTool({ name: tool, arguments: given }),
  spoil: () => signIn.spoil(),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { order, ...rest } = JSON.parse(line);
  try {
    say({ result: (await orders[order](rest)) ?? null });
  } catch (error) {
    say({ error: `${error?.code ?? ""} ${error?.stack ?? error}` });
  }
}
process.exit(0);
