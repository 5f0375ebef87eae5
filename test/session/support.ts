import { createSession, type RequestCommand, type Session, type SessionOptions } from "../../src/session/session.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import { type ScriptedServer, type ScriptOptions, startServer } from "../support/scripted-server.ts";

/** A session with a scripted server. */
export async function talk(script: ScriptOptions = {}, options: SessionOptions = {}): Promise<Talk> {
  const network = memoryNetwork();
  const server = await startServer(network, script);
  const socket = await network.connect(server.address);
  const writes: Uint8Array[] = [];
  const write = (bytes: Uint8Array) => {
    writes.push(bytes);
    return socket.write(bytes);
  };
  return { server, session: createSession({ ...socket, write }, options), writes };
}

export interface Talk {
  readonly server: ScriptedServer;
  readonly session: Session;
  /** What the session handed to its socket, one entry a write. */
  readonly writes: readonly Uint8Array[];
}

/** Code of a request that means nothing but to the script. */
export const ASK = 1;

/** A request; the remark tells it from others. */
export function ask(remark: string | null = null, body: Uint8Array | null = null): RequestCommand {
  return { code: ASK, language: "JAVA", version: 0, remark, extFields: {}, body };
}

/** More than any of these tests takes. */
export const PLENTY = { timeoutMillis: 5_000 };
