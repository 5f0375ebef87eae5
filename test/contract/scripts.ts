import { type Digest, digest, digestOf, pattern } from "./bytes.ts";

/** The far end of a connection under test. Its `chunks` may be left and iterated again. */
export interface Peer {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Resolves when the bytes are out of the process. */
  write(bytes: Uint8Array): Promise<void>;
  /** Sends FIN. */
  end(): void;
  reset(): void;
  /** What TLS tells of the client. */
  readonly client?: { readonly serverName: string | undefined; readonly certificate: string | undefined };
}

/** What a connection is to be used for: the first line on it, as JSON. */
export type Command =
  | { readonly do: "echo" | "reset" | "client" | "attempts" }
  | { readonly do: "say" | "drip"; readonly text: string }
  | { readonly do: "sink"; readonly bytes: number; readonly after?: string }
  | { readonly do: "flood"; readonly bytes: number; readonly report: string }
  | {
      readonly do: "hear";
      readonly report: string;
      readonly bytes?: number;
      readonly end?: true;
      readonly after?: string;
    }
  | { readonly do: "reset-after"; readonly after: string }
  | { readonly do: "open"; readonly gate: string }
  | { readonly do: "report"; readonly report: string };

/** The report that a connection to the silent peer has gone. */
export const silentGone = "silent gone";

/** What the connections of one run share. */
export interface Board {
  /** A gate to open, or a report to wait for. */
  readonly at: (name: string) => PromiseWithResolvers<unknown>;
  /** How many attempts to connect hang at the port that does not answer. */
  readonly attempts: () => Promise<number>;
}

export function board(attempts: Board["attempts"]): Board {
  const places = new Map<string, PromiseWithResolvers<unknown>>();
  const at = (name: string) => {
    const place = places.get(name) ?? Promise.withResolvers<unknown>();
    places.set(name, place);
    return place;
  };
  return { at, attempts };
}

const text = new TextEncoder();

/** How long a write may be stuck until the flood is reported as stalled. */
const stallMillis = 250;
const floodBlockBytes = 256 * 1024;

async function flood(peer: Peer, bytes: number, report: PromiseWithResolvers<unknown>) {
  const all = pattern(bytes);
  for (let sent = 0; sent < bytes; sent += floodBlockBytes) {
    const stalled = setTimeout(() => report.resolve({ stalled: true, sent }), stallMillis);
    await peer.write(all.subarray(sent, sent + floodBlockBytes));
    clearTimeout(stalled);
  }
  report.resolve({ stalled: false, sent: bytes });
  peer.end();
}

/** Reads until the end or so many bytes, and reports what came and how it ended. */
async function hear(input: AsyncIterable<Uint8Array>, bytes: number, report: PromiseWithResolvers<unknown>) {
  let heard: Digest = digest(new Uint8Array());
  try {
    for await (const chunk of input) {
      heard = digest(chunk, heard);
      if (heard.bytes >= bytes) break;
    }
    report.resolve({ ...heard, ended: "end" });
  } catch (error) {
    report.resolve({ ...heard, ended: String(error) });
  }
}

async function run(command: Command, peer: Peer, input: AsyncIterable<Uint8Array>, board: Board): Promise<void> {
  const { at, attempts } = board;
  const answer = (value: unknown) => peer.write(text.encode(JSON.stringify(value) ?? "null")).then(peer.end);
  switch (command.do) {
    case "echo":
      for await (const chunk of input) await peer.write(chunk);
      return peer.end();
    case "say":
      await peer.write(text.encode(command.text));
      return peer.end();
    case "drip":
      for (const byte of text.encode(command.text)) {
        await peer.write(Uint8Array.of(byte));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return peer.end();
    case "sink":
      if (command.after) await at(command.after).promise;
      return answer(await digestOf(input, command.bytes));
    case "flood":
      return flood(peer, command.bytes, at(command.report));
    case "hear":
      if (command.end) peer.end();
      if (command.after) await at(command.after).promise;
      return hear(input, command.bytes ?? Number.POSITIVE_INFINITY, at(command.report));
    case "reset-after":
      await at(command.after).promise;
      return peer.reset();
    case "reset":
      return peer.reset();
    case "client":
      return answer(peer.client);
    case "attempts":
      return answer(await attempts());
    case "open":
      at(command.gate).resolve(undefined);
      return answer("open");
    case "report":
      return answer(await at(command.report).promise);
  }
}

/** Reads the command of a connection and does what it says. A connection that breaks meanwhile is no failure here. */
export async function obey(peer: Peer, board: Board): Promise<void> {
  try {
    let line = "";
    for await (const chunk of peer.chunks) {
      const end = chunk.indexOf(10);
      line += new TextDecoder().decode(end < 0 ? chunk : chunk.subarray(0, end));
      if (end < 0) continue;
      const rest = async function* () {
        yield chunk.subarray(end + 1);
        yield* peer.chunks;
      };
      return await run(JSON.parse(line), peer, rest(), board);
    }
  } catch {
    // What broke the connection is the case's business.
  }
}
