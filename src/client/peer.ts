import { type Command, isServedAt, isServedByAll, type Server } from "../commands/command.ts";
import { unsent } from "../errors.ts";
import { limits as defaults, type Limits } from "../limits.ts";
import type { Fields } from "../schema/fields.ts";
import type { RequestCommand, RequestOptions, Session } from "../session/session.ts";
import { encodeFrame } from "../wire/frame.ts";
import type { RemotingCommand } from "../wire/remoting-command.ts";
import { V4_0_0 } from "../wire/versions.ts";
import { countdown } from "./deadline.ts";
import { type CallValues, encodeCall } from "./encode.ts";
import { type Hooks, watchedBy } from "./hooks.ts";
import { probeFor } from "./probe.ts";
import { type Reply, replyOf } from "./reply.ts";
import { unserved } from "./unserved.ts";

/** A server at the other end of one connection, spoken to in commands. */
export interface Peer {
  readonly session: Session;
  /** MQVersion ordinal in its last answer, undefined before the first. */
  readonly version: number | undefined;
  /** Asks it something harmless to learn its version, unless that is known, or no such question is. */
  identify(timeoutMillis: number, signal?: AbortSignal): Promise<number | undefined>;
  /**
   * Sends a command and resolves with its answer. Rejects as {@link Session.request}, or `not-supported`. Once the
   * signal is aborted nothing is sent any more; what was sent before is waited for.
   */
  call<Q extends Fields, QB, R extends Fields, RB>(
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis: number,
    signal?: AbortSignal,
  ): Promise<Reply<R, RB>>;
  /** Sends a command that nobody answers. */
  oneway<Q extends Fields, QB, R extends Fields, RB>(
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis: number,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Sends a request as it is, any code with any fields, and resolves with the answer as it comes. */
  send(request: RequestCommand, options: RequestOptions, signal?: AbortSignal): Promise<RemotingCommand>;
  /** Sends a request as it is that nobody answers. */
  tell(request: RequestCommand, options: RequestOptions, signal?: AbortSignal): Promise<null>;
}

export interface PeerOptions {
  /** What the server is. */
  readonly kind?: Server | undefined;
  readonly hooks?: readonly Hooks[] | undefined;
  readonly limits?: Pick<Limits, "maxFrameBytesV3">;
}

/** Speaks commands over a session, in the dialect and with the identity that the server's own answers call for. */
export function createPeer(session: Session, options: PeerOptions = {}): Peer {
  const { kind = "name-server", hooks = [], limits = defaults } = options;
  const { remote } = session;
  const watched = watchedBy(hooks, remote);
  let version: number | undefined;

  /** The largest frame that this server reads; one that hasn't told its version is taken for an old one. */
  function maxFrameBytes(): number | undefined {
    return version === undefined || version < V4_0_0 ? limits.maxFrameBytesV3 : undefined;
  }

  function send(
    request: RequestCommand,
    { timeoutMillis, ...options }: RequestOptions,
    signal?: AbortSignal,
  ): Promise<RemotingCommand> {
    return watched(request, timeoutMillis, async (signed, leftMillis) => {
      signal?.throwIfAborted();
      const bounded = { maxFrameBytes: maxFrameBytes(), ...options, timeoutMillis: leftMillis };
      const { command: response } = await session.request(signed, bounded);
      version = response.version;
      return response;
    });
  }

  async function tell(
    request: RequestCommand,
    { timeoutMillis, ...options }: RequestOptions,
    signal?: AbortSignal,
  ): Promise<null> {
    return watched(request, timeoutMillis, async (signed, leftMillis) => {
      signal?.throwIfAborted();
      const bounded = { maxFrameBytes: maxFrameBytes(), ...options, timeoutMillis: leftMillis };
      await session.oneway(signed, bounded);
      return null;
    });
  }

  async function identify(timeoutMillis: number, signal?: AbortSignal): Promise<number | undefined> {
    const probe = probeFor(kind);
    if (version === undefined && probe) await send(probe, { timeoutMillis }, signal);
    return version;
  }

  /** The same before a command is sent: where it fails, the command never leaves. */
  async function identifyFirst(timeoutMillis: number, signal?: AbortSignal): Promise<void> {
    try {
      await identify(timeoutMillis, signal);
    } catch (error) {
      throw unsent(error);
    }
  }

  /** The request for a command to the server as far as it is known. Throws `not-supported` where it doesn't know it. */
  function requestFor<Q extends Fields, QB>(command: Command<Q, QB>, values: CallValues<Q, QB>): RequestCommand {
    if (!isServedAt(command, kind, version)) throw unserved(command, kind, remote);
    return encodeCall(command, values, version);
  }

  /**
   * The request for a command to a server that hasn't told its version. It is asked first where that matters: for a
   * command whose encoding depends on it or that not every server answers, and for a frame that only newer ones read.
   */
  async function introduced<Q extends Fields, QB>(
    command: Command<Q, QB>,
    values: CallValues<Q, QB>,
    left: () => number,
    signal?: AbortSignal,
  ): Promise<RequestCommand> {
    if (command.versioned || !isServedByAll(command, kind)) await identifyFirst(left(), signal);
    const request = requestFor(command, values);
    if (version !== undefined || frameBytes(request) <= limits.maxFrameBytesV3) return request;
    await identifyFirst(left(), signal);
    return requestFor(command, values);
  }

  return {
    session,
    get version() {
      return version;
    },
    identify,
    send,
    tell,
    async call(command, values, timeoutMillis, signal) {
      const left = countdown(timeoutMillis);
      const isKnown = version !== undefined;
      const request = isKnown ? requestFor(command, values) : await introduced(command, values, left, signal);
      const response = await send(request, { timeoutMillis: left() }, signal);
      return replyOf(command, response, request.version);
    },
    async oneway(command, values, timeoutMillis, signal) {
      const left = countdown(timeoutMillis);
      const request = await introduced(command, values, left, signal);
      await tell(request, { timeoutMillis: left() }, signal);
    },
  };
}

/** Below this no count of bytes is needed to know that every server reads the frame. */
const SMALL_UNITS = 65_536;

/** How long the frame of a request is, as far as it matters: a small one counts as none. */
function frameBytes({ body, extFields, ...rest }: RequestCommand): number {
  const units = Object.values(extFields ?? {}).reduce((sum, text) => sum + text.length, body?.length ?? 0);
  if (units < SMALL_UNITS) return 0;
  const command = { ...rest, body, extFields, opaque: 0, flag: 0 };
  return encodeFrame({ serializeType: "JSON", command }, Number.POSITIVE_INFINITY).length;
}
