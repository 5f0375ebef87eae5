import { Fault } from "../../src/errors.ts";
import { formatAddress } from "../../src/transport/address.ts";
import type { MemoryNetwork } from "../../src/transport/memory.ts";
import type { MemorySocket } from "../../src/transport/memory-socket.ts";
import type { Address } from "../../src/transport/socket.ts";
import { decodeFrame } from "../../src/wire/frame.ts";
import { frameCutter } from "../../src/wire/frame-cutter.ts";
import { isResponse, type RemotingCommand } from "../../src/wire/remoting-command.ts";
import { V5_5_0 } from "../../src/wire/versions.ts";
import {
  type Accepted,
  acceptedConnection,
  type Connection,
  type Handler,
  MAX_FRAME_BYTES,
} from "./scripted-connection.ts";

/** A request with the connection that it came over. */
export interface Arrival {
  readonly connection: Connection;
  readonly request: RemotingCommand;
  readonly atMillis: number;
}

/** A server in memory that does as it is told. */
export interface ScriptedServer {
  readonly address: Address;
  /** `host:port`. */
  readonly name: string;
  /** What is answered to each request code; other codes meet silence. May be changed at any time. */
  readonly handlers: Record<number, Handler>;
  /** In the order of events: `1 open`, `1 103`, `1 103 oneway`, `1 close`. */
  readonly journal: readonly string[];
  readonly connections: readonly Connection[];
  readonly openCount: number;
  readonly arrivals: readonly Arrival[];
  /** The requests of a code in the order in which they came. */
  requests(code: number): RemotingCommand[];
  /** Resolves once the journal has these entries, in this order, others between them or not. */
  saw(...entries: string[]): Promise<void>;
  stop(): Promise<void>;
}

export interface ScriptOptions {
  readonly host?: string;
  /** MQVersion ordinal in its answers. Default 5.5.0's. */
  readonly version?: number;
  readonly handlers?: Record<number, Handler>;
  /** What it does with a new connection before it reads. */
  readonly greet?: (connection: Connection) => void;
}

/** Starts a server on a network. Close it with `stop`, or forget it with its network. */
export async function startServer(network: MemoryNetwork, options: ScriptOptions = {}): Promise<ScriptedServer> {
  const { host = "server", version = V5_5_0, greet } = options;
  const handlers = { ...options.handlers };
  const journal: string[] = [];
  const connections: Connection[] = [];
  const arrivals: Arrival[] = [];
  const watchers = new Set<() => void>();

  function note(entry: string): void {
    journal.push(entry);
    for (const look of watchers) look();
  }

  function has(entries: readonly string[]): boolean {
    let at = -1;
    return entries.every((entry) => {
      at = journal.indexOf(entry, at + 1);
      return at >= 0;
    });
  }

  async function accept(socket: MemorySocket): Promise<void> {
    const accepted = acceptedConnection(socket, connections.length + 1, version);
    const { connection, state } = accepted;
    connections.push(connection);
    note(`${connection.number} open`);
    greet?.(connection);
    const cutter = frameCutter(MAX_FRAME_BYTES);
    try {
      for await (const chunk of socket.chunks) {
        for (const frame of cutter.push(chunk)) serve(decodeFrame(frame).command, accepted);
        if (state.isStuck) await socket.closed;
      }
    } catch (error) {
      if (!(error instanceof Fault && error.fault === "closed")) throw error;
    }
    state.isOpen = false;
    socket.close();
    note(`${connection.number} close`);
  }

  function serve(request: RemotingCommand, { connection, responses }: Accepted): void {
    if (isResponse(request)) {
      responses.push(request);
      note(`${connection.number} response`);
      return;
    }
    arrivals.push({ connection, request, atMillis: performance.now() });
    note(`${connection.number} ${request.code}${(request.flag & 2) === 0 ? "" : " oneway"}`);
    const answering = Promise.resolve(handlers[request.code]?.(request, connection) ?? null);
    answering.then((reply) => reply && connection.reply(request, reply));
  }

  const listener = await network.listen({ host, port: 0 }, accept);
  return {
    address: listener.address,
    name: formatAddress(listener.address),
    handlers,
    journal,
    connections,
    arrivals,
    get openCount() {
      return connections.filter(({ isOpen }) => isOpen).length;
    },
    requests: (code) => arrivals.filter(({ request }) => request.code === code).map(({ request }) => request),
    saw(...entries) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => {
        if (!has(entries)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
      return promise;
    },
    stop: () => listener.close(),
  };
}
