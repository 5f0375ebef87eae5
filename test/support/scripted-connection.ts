import type { MemorySocket } from "../../src/transport/memory-socket.ts";
import { encodeFrame } from "../../src/wire/frame.ts";
import { type RemotingCommand, responseTo } from "../../src/wire/remoting-command.ts";

/** More than anyone may send, so that limits are tested on the other side. */
export const MAX_FRAME_BYTES = 32 * 1024 * 1024;

/** What a handler answers; nothing at all is success. */
export type Reply = Partial<Pick<RemotingCommand, "code" | "remark" | "extFields" | "body">>;

/** Answers one request; null is silence. */
export type Handler = (request: RemotingCommand, connection: Connection) => Reply | null | Promise<Reply | null>;

/** One connection that the server accepted. The first has number 1. */
export interface Connection {
  readonly number: number;
  readonly socket: MemorySocket;
  readonly isOpen: boolean;
  /** Commands that came as responses. */
  readonly responses: readonly RemotingCommand[];
  send(bytes: Uint8Array): void;
  /** Starts a request of the server's own, or says whatever else. */
  command(command: RemotingCommand): void;
  reply(request: RemotingCommand, reply: Reply): void;
  /** Reads no further byte, as a peer that hangs. */
  stopReading(): void;
}

/** A connection with what only its server may do to it. */
export interface Accepted {
  readonly connection: Connection;
  readonly responses: RemotingCommand[];
  readonly state: { isOpen: boolean; isStuck: boolean };
}

/** Wraps an accepted socket. `version` is what the server says of itself. */
export function acceptedConnection(socket: MemorySocket, number: number, version: number): Accepted {
  const state = { isOpen: true, isStuck: false };
  const responses: RemotingCommand[] = [];
  // Whoever is gone gets nothing.
  const send = (bytes: Uint8Array) => void socket.write(bytes).catch(() => {});
  const command = (sent: RemotingCommand) =>
    send(encodeFrame({ serializeType: "JSON", command: sent }, MAX_FRAME_BYTES));
  const connection: Connection = {
    number,
    socket,
    responses,
    get isOpen() {
      return state.isOpen;
    },
    send,
    command,
    reply: (request, reply) => command(responseTo(request, { language: "JAVA", version }, { extFields: {}, ...reply })),
    stopReading() {
      state.isStuck = true;
    },
  };
  return { connection, responses, state };
}
