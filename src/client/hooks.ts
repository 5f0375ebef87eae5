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
  const isSigned = hooks.some(({ before }) => before !== undefined);
  return async <T extends RemotingCommand | null>(
    request: RequestCommand,
    timeoutMillis: number,
    exchange: Exchange<T>,
  ): Promise<T> => {
    if (hooks.length === 0) return exchange(request, timeoutMillis);
    const left = countdown(timeoutMillis);
    const startedAt = performance.now();
    const sign = () => within(signedBy(hooks, request, target), left(), () => late(target, timeoutMillis));
    const run = async () => exchange(isSigned ? await sign() : request, left());
    const outcome = await run().catch((cause) => faultOf(cause, target));
    for (const hook of hooks) hook.after?.(request, outcome, target, performance.now() - startedAt);
    if (outcome instanceof Fault) throw outcome;
    return outcome;
  };
}

function late(target: string, timeoutMillis: number): Fault {
  const message = `Cannot send to ${target}: not signed within ${Math.ceil(timeoutMillis)} ms`;
  return new Fault("timeout", message, { target });
}

/** What anything thrown is to a caller: our own defect, unless it is a fault. */
export function faultOf(cause: unknown, target: string): Fault {
  if (cause instanceof Fault) return cause;
  return new Fault("internal", `Cannot call ${target}: ${reasonOf(cause)}`, { cause, target });
}
