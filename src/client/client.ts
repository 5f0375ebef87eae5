import type { Command } from "../commands/command.ts";
import { Fault } from "../errors.ts";
import { limits as defaults, type Limits } from "../limits.ts";
import type { Fields } from "../schema/fields.ts";
import type { RequestCommand, RequestHandler } from "../session/session.ts";
import { formatAddress } from "../transport/address.ts";
import { encodeFrame, type SerializeType } from "../wire/frame.ts";
import { type RemotingCommand, requestFlag } from "../wire/remoting-command.ts";
import { countdown, within } from "./deadline.ts";
import { answering, type DialOptions, dial } from "./dial.ts";
import { type CallValues, encodeCall } from "./encode.ts";
import { signedBy } from "./hooks.ts";
import { closeWhenIdle } from "./idle.ts";
import type { Peer } from "./peer.ts";
import type { Reply } from "./reply.ts";
import type { Target } from "./target.ts";

export interface ClientOptions extends Omit<DialOptions, "limits"> {
  readonly limits?: Partial<Limits>;
}

/** A request as it would be sent. */
export interface Preview {
  /** `host:port` of the server. */
  readonly target: string;
  readonly command: RemotingCommand;
  readonly frame: Uint8Array;
  /** False where the server has not told its version yet: one that does may be sent another form. */
  readonly isVersionKnown: boolean;
}

export interface SendOptions {
  readonly timeoutMillis?: number;
  readonly serializeType?: SerializeType;
  readonly oneway?: boolean;
}

export interface PreviewOptions {
  readonly oneway?: boolean;
  /** The opaque that it will have, where it won't go over the shared connection. */
  readonly opaque?: number;
}

/** What a client has open. */
export interface ClientStats {
  readonly connections: number;
  readonly pending: number;
  readonly lateReplies: number;
}

/** Calls servers by address over one shared connection each. */
export interface Client {
  /**
   * Sends a command to a server and resolves with its answer. `timeoutMillis` covers connecting, learning the server's
   * version where that matters, and waiting. Rejects as {@link dial} and {@link Peer.call} do.
   */
  call<Q extends Fields, QB, R extends Fields, RB>(
    server: Target,
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis?: number,
  ): Promise<Reply<R, RB>>;
  /** Sends a command that nobody answers; resolves once it is on its way. */
  oneway<Q extends Fields, QB, R extends Fields, RB>(
    server: Target,
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis?: number,
  ): Promise<void>;
  /** Sends a request as it is; resolves with the answer as it comes, null for a one-way request. */
  send(server: Target, request: RequestCommand, options?: SendOptions): Promise<RemotingCommand | null>;
  /** A connection of one's own, which the client neither shares nor closes; `onRequest` answers what the server asks. */
  dial(server: Target, timeoutMillis?: number, signal?: AbortSignal, onRequest?: RequestHandler): Promise<Peer>;
  /** What `call` would send to a server now, byte for byte; nothing is sent. */
  preview<Q extends Fields, QB>(
    server: Target,
    command: Pick<Command<Q, QB>, "code" | "request">,
    values: (version: number | undefined) => CallValues<Q, QB>,
    options?: PreviewOptions,
  ): Promise<Preview>;
  readonly stats: ClientStats;
  /** Closes every shared connection, those under way too, and refuses further calls. */
  close(): void;
}

/** A client with a pool of one connection an address. */
export function createClient(options: ClientOptions): Client {
  const limits = { ...defaults, ...options.limits };
  const dialOptions: DialOptions = { ...options, limits };
  const peers = new Map<string, Peer>();
  const opening = new Map<string, Promise<Peer>>();
  /** What each server said of its version last, also over connections that are closed by now. */
  const versions = new Map<string, number>();
  const stopping = new AbortController();
  let lateRepliesOfClosed = 0;

  /** The one attempt to connect to an address, shared by all who ask while it is under way. */
  function connecting(server: Target, target: string): Promise<Peer> {
    if (stopping.signal.aborted) throw stopped(target);
    const attempt = opening.get(target) ?? open(server, target);
    opening.set(target, attempt);
    return attempt;
  }

  async function open(server: Target, target: string): Promise<Peer> {
    try {
      const peer = await dial(server, dialOptions, limits.connectTimeoutMillis, stopping.signal);
      keep(peer, target);
      return peer;
    } catch (error) {
      throw stopping.signal.aborted ? stopped(target) : error;
    } finally {
      opening.delete(target);
    }
  }

  function keep(peer: Peer, target: string): void {
    const { session } = peer;
    if (stopping.signal.aborted) session.close();
    peers.set(target, peer);
    closeWhenIdle(session, limits.idleMillis);
    session.closed.then(() => {
      if (peers.get(target) === peer) peers.delete(target);
      if (peer.version !== undefined) versions.set(target, peer.version);
      lateRepliesOfClosed += session.stats.lateReplies;
    });
  }

  /** Runs `use` on the connection to an address with what is left of the time once that is open. */
  async function withPeer<T>(server: Target, timeoutMillis: number, use: (peer: Peer, left: number) => Promise<T>) {
    const target = formatAddress(server);
    const left = countdown(timeoutMillis);
    const known = peers.get(target);
    if (known?.session.isOpen) {
      try {
        return await use(known, left());
      } catch (error) {
        // The connection ended before anything left, so that a new one may carry it: nothing can happen twice.
        if (known.session.isOpen || !(error instanceof Fault && error.fault === "send-failed")) throw error;
      }
    }
    const late = () =>
      new Fault("timeout", `Cannot connect to ${target}: not open within ${Math.ceil(timeoutMillis)} ms`, {
        target,
        isUnsent: true,
      });
    const peer = await within(connecting(server, target), left(), late);
    return use(peer, left());
  }

  return {
    call: (server, command, values, timeoutMillis = limits.timeoutMillis) =>
      withPeer(server, timeoutMillis, (peer, left) => peer.call(command, values, left)),
    oneway: (server, command, values, timeoutMillis = limits.timeoutMillis) =>
      withPeer(server, timeoutMillis, (peer, left) => peer.oneway(command, values, left)),
    send: (server, request, { timeoutMillis = limits.timeoutMillis, oneway = false, serializeType = "JSON" } = {}) =>
      withPeer(server, timeoutMillis, (peer, left) => {
        const sendOptions = { timeoutMillis: left, serializeType };
        return oneway ? peer.tell(request, sendOptions) : peer.send(request, sendOptions);
      }),
    dial: (server, timeoutMillis = limits.connectTimeoutMillis, signal, onRequest) =>
      dial(server, onRequest ? answering(dialOptions, onRequest) : dialOptions, timeoutMillis, signal),
    async preview(server, command, values, { oneway = false, opaque: given } = {}) {
      const target = formatAddress(server);
      const peer = peers.get(target);
      const version = peer?.version ?? versions.get(target);
      const request = await signedBy(options.hooks ?? [], encodeCall(command, values(version), version), target);
      const opaque = oneway ? 0 : (given ?? peer?.session.nextOpaque ?? 1);
      const previewed = { ...request, opaque, flag: requestFlag(oneway) };
      const frame = encodeFrame({ serializeType: "JSON", command: previewed }, limits.maxFrameBytes);
      return { target, command: previewed, frame, isVersionKnown: version !== undefined };
    },
    get stats() {
      const each = [...peers.values()].map((peer) => peer.session.stats);
      const sum = (count: (stats: (typeof each)[number]) => number) =>
        each.reduce((all, stats) => all + count(stats), 0);
      return {
        connections: peers.size,
        pending: sum((stats) => stats.pending),
        lateReplies: lateRepliesOfClosed + sum((stats) => stats.lateReplies),
      };
    },
    close() {
      stopping.abort();
      for (const peer of peers.values()) peer.session.close();
    },
  };
}

function stopped(target: string): Fault {
  return new Fault("unavailable", `Cannot call ${target}: the client is closed`, { target });
}
