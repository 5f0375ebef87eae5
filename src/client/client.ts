import type { Command } from "../commands/command.ts";
import { Fault } from "../errors.ts";
import { limits as defaults, type Limits } from "../limits.ts";
import type { Fields } from "../schema/fields.ts";
import { formatAddress } from "../transport/address.ts";
import type { Address } from "../transport/socket.ts";
import { type DialOptions, dial } from "./dial.ts";
import type { CallValues, Peer } from "./peer.ts";
import type { Reply } from "./reply.ts";

export interface ClientOptions extends Omit<DialOptions, "limits"> {
  readonly limits?: Partial<Limits>;
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
    address: Address,
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis?: number,
  ): Promise<Reply<R, RB>>;
  /** Sends a command that nobody answers; resolves once it is on its way. */
  oneway<Q extends Fields, QB, R extends Fields, RB>(
    address: Address,
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis?: number,
  ): Promise<void>;
  /** A connection of one's own, which the client neither shares nor closes when it is idle. */
  dial(address: Address, timeoutMillis?: number): Promise<Peer>;
  readonly stats: ClientStats;
  /** Closes every shared connection and refuses further calls. */
  close(): void;
}

/** A client with a pool of one connection an address. */
export function createClient(options: ClientOptions): Client {
  const limits = { ...defaults, ...options.limits };
  const dialOptions: DialOptions = { ...options, limits };
  const peers = new Map<string, Peer>();
  const opening = new Map<string, Promise<Peer>>();
  let lateRepliesOfClosed = 0;
  let isClosed = false;

  /** The one attempt to connect to an address, shared by all who ask while it is under way. */
  function connecting(address: Address, target: string): Promise<Peer> {
    const attempt = opening.get(target) ?? open(address, target);
    opening.set(target, attempt);
    return attempt;
  }

  async function open(address: Address, target: string): Promise<Peer> {
    try {
      const peer = await dial(address, dialOptions, limits.connectTimeoutMillis);
      keep(peer, target);
      return peer;
    } finally {
      opening.delete(target);
    }
  }

  function keep(peer: Peer, target: string): void {
    if (isClosed) peer.session.close();
    peers.set(target, peer);
    const stopWatching = closeWhenIdle(peer, limits.idleMillis);
    peer.session.closed.then(() => {
      stopWatching();
      if (peers.get(target) === peer) peers.delete(target);
      lateRepliesOfClosed += peer.session.stats.lateReplies;
    });
  }

  /** Runs `use` on the connection to an address with what is left of the time once that is open. */
  async function withPeer<T>(address: Address, timeoutMillis: number, use: (peer: Peer, left: number) => Promise<T>) {
    const target = formatAddress(address);
    if (isClosed) throw new Fault("unavailable", `Cannot call ${target}: the client is closed`, { target });
    const known = peers.get(target);
    if (known?.session.isOpen) return use(known, timeoutMillis);
    const startedAt = performance.now();
    const peer = await within(connecting(address, target), timeoutMillis, target);
    return use(peer, Math.max(1, timeoutMillis - (performance.now() - startedAt)));
  }

  return {
    call: (address, command, values, timeoutMillis = limits.timeoutMillis) =>
      withPeer(address, timeoutMillis, (peer, left) => peer.call(command, values, left)),
    oneway: (address, command, values, timeoutMillis = limits.timeoutMillis) =>
      withPeer(address, timeoutMillis, (peer, left) => peer.oneway(command, values, left)),
    dial: (address, timeoutMillis = limits.connectTimeoutMillis) => dial(address, dialOptions, timeoutMillis),
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
      isClosed = true;
      for (const peer of peers.values()) peer.session.close();
    },
  };
}

/** Gives up waiting after a while; others may go on waiting for the same promise. */
async function within<T>(promise: Promise<T>, timeoutMillis: number, target: string): Promise<T> {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(
      new Fault("timeout", `Cannot connect to ${target}: not open within ${Math.ceil(timeoutMillis)} ms`, { target }),
    );
  }, timeoutMillis);
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clearTimeout(timer);
  }
}

/** Closes a connection that was silent for a while, before the server does; returns how to stop watching. */
function closeWhenIdle({ session }: Peer, idleMillis: number): () => void {
  const check = () => {
    const { pending, lastActivityAt } = session.stats;
    const left = lastActivityAt + idleMillis - Date.now();
    if (left > 0 || pending > 0) timer = setTimeout(check, Math.max(left, 1_000));
    else session.close();
  };
  let timer = setTimeout(check, idleMillis);
  return () => clearTimeout(timer);
}
