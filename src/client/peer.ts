import { type Command, isServedAt } from "../commands/command.ts";
import { getKvConfig } from "../commands/get-kv-config.ts";
import { Fault, reasonOf } from "../errors.ts";
import { limits } from "../limits.ts";
import { encodeFields, type Fields, type Values } from "../schema/fields.ts";
import type { RequestCommand, Session } from "../session/session.ts";
import { identityFor } from "../wire/identity.ts";
import type { RemotingCommand } from "../wire/remoting-command.ts";
import { V4_0_0 } from "../wire/versions.ts";
import { countdown, within } from "./deadline.ts";
import { type Reply, replyOf } from "./reply.ts";

/** The values of a call: the header's fields by name, and the body where the command has one. */
export type CallValues<Q extends Fields, QB> = Values<Q> & { readonly body?: QB };

/** Watches and changes what goes over the wire, for instance to sign it. */
export interface Hooks {
  /** What to send instead of the request. Its time is part of the call's; what it throws fails the call. */
  before?(request: RequestCommand, target: string): RequestCommand | Promise<RequestCommand>;
  /** Hears of each call once it is over; `outcome` is the answer, null for one-way, or what went wrong. */
  after?(request: RequestCommand, outcome: RemotingCommand | Fault | null, target: string, elapsedMillis: number): void;
}

/** A server at the other end of one connection, spoken to in commands. */
export interface Peer {
  readonly session: Session;
  /** MQVersion ordinal in its last answer, undefined before the first. */
  readonly version: number | undefined;
  /** Asks it something harmless to learn its version. It is not asked again. */
  identify(timeoutMillis: number): Promise<number | undefined>;
  /** Sends a command and resolves with its answer. Rejects as {@link Session.request}, or `not-supported`. */
  call<Q extends Fields, QB, R extends Fields, RB>(
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis: number,
  ): Promise<Reply<R, RB>>;
  /** Sends a command that nobody answers. */
  oneway<Q extends Fields, QB, R extends Fields, RB>(
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis: number,
  ): Promise<void>;
}

/** Speaks commands over a session, in the dialect and with the identity that the server's own answers call for. */
export function createPeer(session: Session, hooks: Hooks = {}): Peer {
  const { remote } = session;
  let version: number | undefined;

  function prepare<Q extends Fields, QB>(command: Command<Q, QB>, values: CallValues<Q, QB>): RequestCommand {
    if (!isServedAt(command, version)) throw unserved(command.name, remote);
    const identity = identityFor(version);
    const { request } = command;
    const header = values as Readonly<Record<string, unknown>>;
    const codec = values.body === undefined ? undefined : request.body;
    const body =
      codec && values.body !== undefined ? codec.encode(values.body, { version: identity.version, header }) : null;
    // 3.2.6 fails with a NullPointerException where extFields are absent, so they always are there.
    const extFields = encodeFields(request.header, values, body);
    return { ...identity, code: command.code, remark: null, extFields, body };
  }

  /** What the hook makes of a request, as long as there is time for it. */
  async function sign(request: RequestCommand, timeoutMillis: number): Promise<RequestCommand> {
    if (hooks.before === undefined) return request;
    const message = `Cannot send to ${remote}: not signed within ${Math.ceil(timeoutMillis)} ms`;
    const signed = (async () => hooks.before?.(request, remote) ?? request)();
    return within(signed, timeoutMillis, () => new Fault("timeout", message, { target: remote }));
  }

  /** The largest frame that this server reads; one that hasn't told its version is taken for an old one. */
  function maxFrameBytes(): number | undefined {
    return version === undefined || version < V4_0_0 ? limits.maxFrameBytesV3 : undefined;
  }

  /**
   * Sends a command by `send`. The server's version is asked first where it matters: for a command whose encoding
   * depends on it, and for a frame that only newer servers read.
   */
  async function transmit<Q extends Fields, QB, R extends Fields, RB, T extends RemotingCommand | null>(
    command: Command<Q, QB, R, RB>,
    values: CallValues<Q, QB>,
    timeoutMillis: number,
    send: (request: RequestCommand, leftMillis: number) => Promise<T>,
  ): Promise<T> {
    const left = countdown(timeoutMillis);
    if (command.versioned) await identify(left());
    const request = prepare(command, values);
    return watched(request, async () => {
      const isInformed = version !== undefined;
      try {
        return await send(await sign(request, left()), left());
      } catch (cause) {
        if (isInformed || !(cause instanceof Fault && cause.fault === "too-large")) throw cause;
        await identify(left());
        return send(await sign(prepare(command, values), left()), left());
      }
    });
  }

  /** Tells the hook how it ended, once. */
  async function watched<T extends RemotingCommand | null>(request: RequestCommand, run: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const outcome = await run().catch((cause) => faultOf(cause, remote));
    hooks.after?.(request, outcome, remote, performance.now() - startedAt);
    if (outcome instanceof Fault) throw outcome;
    return outcome;
  }

  async function ask(request: RequestCommand, timeoutMillis: number): Promise<RemotingCommand> {
    const { command: response } = await session.request(request, { timeoutMillis, maxFrameBytes: maxFrameBytes() });
    version = response.version;
    return response;
  }

  async function tell(request: RequestCommand, timeoutMillis: number): Promise<null> {
    await session.oneway(request, { timeoutMillis, maxFrameBytes: maxFrameBytes() });
    return null;
  }

  async function identify(timeoutMillis: number): Promise<number | undefined> {
    if (version === undefined) await transmit(getKvConfig, PROBE, timeoutMillis, ask);
    return version;
  }

  return {
    session,
    get version() {
      return version;
    },
    identify,
    async call(command, values, timeoutMillis) {
      return replyOf(command, await transmit(command, values, timeoutMillis, ask));
    },
    async oneway(command, values, timeoutMillis) {
      await transmit(command, values, timeoutMillis, tell);
    },
  };
}

/** A key that no one sets: every name server answers it with a header and no body, however large its cluster. */
const PROBE = { namespace: "", key: "" };

function unserved(name: string, target: string): Fault {
  return new Fault("not-supported", `Cannot send ${name} to ${target}: its version doesn't know this request`, {
    target,
  });
}

function faultOf(cause: unknown, target: string): Fault {
  if (cause instanceof Fault) return cause;
  return new Fault("internal", `Cannot call ${target}: ${reasonOf(cause)}`, { cause, target });
}
