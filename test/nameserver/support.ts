import { utf8 } from "../../src/bytes/utf8.ts";
import { createPeer } from "../../src/client/peer.ts";
import { parseDialect } from "../../src/json/dialect.ts";
import { startNameServer } from "../../src/nameserver/name-server.ts";
import type { NameServerOptions } from "../../src/nameserver/options.ts";
import { createSession, type Session } from "../../src/session/session.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import type { SerializeType } from "../../src/wire/frame.ts";
import type { ExtFields, RemotingCommand } from "../../src/wire/remoting-command.ts";
import { V5_5_0 } from "../../src/wire/versions.ts";

/** How long a call may take in these tests. */
export const timeoutMillis = 5_000;

/** A name server on a memory network of its own. */
export async function startEmbedded(options: Partial<NameServerOptions> = {}) {
  const network = memoryNetwork();
  const address = { host: "name-server", port: 0 };
  const server = await startNameServer({ listen: network.listen, address, ...options });
  const open = () => network.connect(server.address);
  const connect = async () => createSession(await open());
  return { server, open, connect, peer: async () => createPeer(await connect()), [Symbol.asyncDispose]: server.close };
}

export type Embedded = Awaited<ReturnType<typeof startEmbedded>>;

export interface Question {
  readonly extFields?: ExtFields | null;
  readonly body?: Uint8Array | string | null;
  /** Default 5.5.0's. */
  readonly version?: number;
  readonly serializeType?: SerializeType;
}

/** Sends one request as it stands and resolves with the answer as it came. */
export async function ask(session: Session, code: number, question: Question = {}): Promise<RemotingCommand> {
  const { extFields = {}, body = null, version = V5_5_0, serializeType } = question;
  const bytes = typeof body === "string" ? utf8(body) : body;
  const request = { code, language: "JAVA", version, remark: null, extFields, body: bytes };
  const { command } = await session.request(request, { timeoutMillis, ...(serializeType && { serializeType }) });
  return command;
}

/** The body of an answer as text. */
export function textOf({ body }: RemotingCommand): string {
  return new TextDecoder().decode(body ?? new Uint8Array(0));
}

/** What the body of an answer says. */
export function bodyOf(answer: RemotingCommand): unknown {
  return parseDialect(textOf(answer));
}
