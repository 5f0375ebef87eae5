import { Fault, reasonOf } from "../errors.ts";
import type { RequestCommand } from "../session/session.ts";
import type { RemotingCommand } from "../wire/remoting-command.ts";
import { countdown, within } from "./deadline.ts";

/** Watches and changes what goes over the wire, for instance to sign it or to count it. */
export interface Hooks {
  /** What to send instead of the request. Its time is part of the call's; what it throws fails the call. */
  before?(request: RequestCommand, target: string): RequestCommand | Promise<RequestCommand>;
  /** Hears of each call once it is over; `outcome` is the answer, null for one-way, or what went wrong. */
  after?(request: RequestCommand, outcome: RemotingCommand | Fault | null, target: string, elapsedMillis: number): void;
  /** Hears of each request that a server starts. */
  asked?(request: RemotingCommand, target: string): void;
  /** Hears of each attempt to connect that wasn't given up by its caller; `fault` is null when it succeeded. */
  connected?(target: string, fault: Fault | null, elapsedMillis: number): void;
}

type Exchange<T> = (signed: RequestCommand, leftMillis: number) => Promise<T>;

/** What the hooks make of a request: each gets what the one before it made. */
export async function signedBy(
  hooks: readonly Hooks[],
  request: RequestCommand,
  target: string,
): Promise<RequestCommand> {
  let signed = request;
  for (const hook of hooks) signed = (await hook.before?.(signed, target)) ?? signed;
  return signed;
}

/** Runs an exchange with a server between the hooks. */
export function watchedBy(hooks: readonly Hooks[], target: string) {
  const signing = hooks.filter(({ before }) => before !== undefined);
  const watching = hooks.filter(({ after }) => after !== undefined);

  async function signed<T>(request: RequestCommand, timeoutMillis: number, exchange: Exchange<T>): Promise<T> {
    const left = countdown(timeoutMillis);
    const signature = signedBy(signing, request, target);
    return exchange(await within(signature, left(), () => late(target, timeoutMillis)), left());
  }

  return async <T extends RemotingCommand | null>(
    request: RequestCommand,
    timeoutMillis: number,
    exchange: Exchange<T>,
  ): Promise<T> => {
    const startedAt = performance.now();
    const tell = (outcome: T | Fault) => {
      const elapsedMillis = performance.now() - startedAt;
      for (const hook of watching) hook.after?.(request, outcome, target, elapsedMillis);
    };
    let response: T;
    try {
      response = await (signing.length > 0
        ? signed(request, timeoutMillis, exchange)
        : exchange(request, timeoutMillis));
    } catch (cause) {
      const fault = faultOf(cause, target);
      tell(fault);
      throw fault;
    }
    tell(response);
    return response;
  };
}

function late(target: string, timeoutMillis: number): Fault {
  const message = `Cannot send to ${target}: not signed within ${Math.ceil(timeoutMillis)} ms`;
  return new Fault("timeout", message, { target, isUnsent: true });
}

/** What anything thrown is to a caller: our own defect, unless it is a fault. */
export function faultOf(cause: unknown, target: string): Fault {
  if (cause instanceof Fault) return cause;
  return new Fault("internal", `Cannot call ${target}: ${reasonOf(cause)}`, { cause, target });
}
