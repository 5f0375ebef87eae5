import { type Command, isServedAt } from "../commands/command.ts";
import { getKvConfig } from "../commands/get-kv-config.ts";
import { Fault } from "../errors.ts";
import { limits } from "../limits.ts";
import { encodeFields, type Fields, type Values } from "../schema/fields.ts";
import type { RequestCommand, Session } from "../session/session.ts";
import { identityFor } from "../wire/identity.ts";
import type { RemotingCommand } from "../wire/remoting-command.ts";
import { V4_0_0 } from "../wire/versions.ts";
import { type Reply, replyOf } from "./reply.ts";

/** The values of a call: the header's fields by name, and the body where the command has one. */
export type CallValues<Q extends Fields, QB> = Values<Q> & { readonly body?: QB };

/** Watches and changes what goes over the wire, for instance to sign it. */
export interface Hooks {
  /** What to send instead of the request. */
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
  let version: number | undefined;

  function prepare<Q extends Fields, QB>(command: Command<Q, QB>, values: CallValues<Q, QB>): RequestCommand {
    if (!isServedAt(command, version)) throw unserved(command.name, session.remote);
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

  /** Runs one exchange between the hooks. */
  async function exchange(
    request: RequestCommand,
    send: (signed: RequestCommand) => Promise<RemotingCommand | null>,
  ): Promise<RemotingCommand | null> {
    const startedAt = performance.now();
    const report = (outcome: RemotingCommand | Fault | null) =>
      hooks.after?.(request, outcome, session.remote, performance.now() - startedAt);
    try {
      const answer = await send(hooks.before ? await hooks.before(request, session.remote) : request);
      report(answer);
      return answer;
    } catch (cause) {
      if (cause instanceof Fault) report(cause);
      throw cause;
    }
  }

  /** The largest frame that this server reads; one that hasn't told its version is taken for an old one. */
  function maxFrameBytes(): number {
    return version === undefined || version < V4_0_0 ? limits.maxFrameBytesV3 : limits.maxFrameBytes;
  }

  async function request(command: RequestCommand, timeoutMillis: number): Promise<RemotingCommand> {
    const answer = (await exchange(command, async (signed) => {
      const { command: response } = await session.request(signed, { timeoutMillis, maxFrameBytes: maxFrameBytes() });
      version = response.version;
      return response;
    })) as RemotingCommand;
    return answer;
  }

  async function identify(timeoutMillis: number): Promise<number | undefined> {
    if (version === undefined) await request(prepare(getKvConfig, PROBE), timeoutMillis);
    return version;
  }

  /**
   * Runs `send` with what is left of the time once the server's version is known, where that matters: for a command
   * whose encoding depends on it, and for a frame that only newer servers read.
   */
  async function informed<T>(
    versioned: boolean,
    timeoutMillis: number,
    send: (leftMillis: number) => Promise<T>,
  ): Promise<T> {
    if (version !== undefined) return send(timeoutMillis);
    const deadline = performance.now() + timeoutMillis;
    if (!versioned) {
      try {
        return await send(timeoutMillis);
      } catch (cause) {
        if (!(cause instanceof Fault && cause.fault === "too-large")) throw cause;
      }
    }
    await identify(deadline - performance.now());
    return send(Math.max(1, deadline - performance.now()));
  }

  return {
    session,
    get version() {
      return version;
    },
    identify,
    call: (command, values, timeoutMillis) =>
      informed(command.versioned, timeoutMillis, async (leftMillis) =>
        replyOf(command, await request(prepare(command, values), leftMillis)),
      ),
    oneway: (command, values, timeoutMillis) =>
      informed(command.versioned, timeoutMillis, async () => {
        await exchange(prepare(command, values), async (signed) => {
          await session.oneway(signed, { maxFrameBytes: maxFrameBytes() });
          return null;
        });
      }),
  };
}

/** A key that no one sets: every name server answers it with a header and no body, however large its cluster. */
const PROBE = { namespace: "", key: "" };

function unserved(name: string, target: string): Fault {
  return new Fault("not-supported", `Cannot send ${name} to ${target}: its version doesn't know this request`, {
    target,
  });
}
