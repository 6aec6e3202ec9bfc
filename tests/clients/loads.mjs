// Prints the client libraries that can be loaded, to prove that they are there.
import { Client } from "@modelcontextprotocol/client";
import { Client as ClientOfVersion1 } from "@modelcontextprotocol/sdk/client/index.js";
import * as oauth4webapi from "oauth4webapi";
import * as openid from "openid-client";

console.log(typeof Client, typeof ClientOfVersion1, typeof oauth4webapi.discoveryRequest, typeof openid.discovery, process.version);
