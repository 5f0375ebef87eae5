import { type Client, type ClientOptions, createClient } from "../../src/client/client.ts";
import { command, on } from "../../src/commands/command.ts";
import { optional, text } from "../../src/schema/fields.ts";
import { Type } from "../../src/schema/types.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import { type ScriptedServer, type ScriptOptions, startServer } from "../support/scripted-server.ts";
import { nameServerScript } from "../support/scripts.ts";
import { type SlowConnect, slowConnect } from "../support/slow-connect.ts";

/** A command of the tests' own, that carries any bytes. */
export const echo = command({
  code: 9_001,
  name: "ECHO",
  description: "Answers whatever the script says.",
  servedBy: on("name-server"),
  request: {
    header: { text: optional(text("any text")) },
    body: { schema: Type.Unknown(), encode: (bytes: Uint8Array) => bytes, decode: (bytes) => bytes },
  },
});

/** The same, but in need of the server's version. */
export const versionedEcho = { ...echo, code: 9_002, name: "VERSIONED_ECHO", versioned: true };

/** The same, but unknown to old servers. */
export const newEcho = { ...versionedEcho, code: 9_003, name: "NEW_ECHO", servedBy: on("name-server", "5.5.0") };

export interface Rig {
  readonly server: ScriptedServer;
  readonly client: Client;
}

const answering = { ...nameServerScript, [echo.code]: () => ({}), [versionedEcho.code]: () => ({}) };

/** A client with one scripted server that answers both commands. */
export async function rig(script: ScriptOptions = {}, options: Partial<ClientOptions> = {}): Promise<Rig> {
  const network = memoryNetwork();
  const server = await startServer(network, { ...script, handlers: { ...answering, ...script.handlers } });
  return { server, client: createClient({ connect: network.connect, ...options }) };
}

/** The same over connections that open when the test wants it. */
export async function slowRig(options: Partial<ClientOptions> = {}): Promise<Rig & { readonly network: SlowConnect }> {
  const memory = memoryNetwork();
  const server = await startServer(memory, { handlers: answering });
  const network = slowConnect(memory.connect);
  return { server, network, client: createClient({ ...options, connect: network.connect }) };
}

/** Runs once so much time has passed. */
export function after<T>(millis: number, run: () => T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(run()), millis));
}
