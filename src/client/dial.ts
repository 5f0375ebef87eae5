import { Fault, reasonOf } from "../errors.ts";
import type { Limits } from "../limits.ts";
import { createSession, type RequestHandler, type SessionOptions } from "../session/session.ts";
import { formatAddress } from "../transport/address.ts";
import type { Connect, TlsOptions } from "../transport/socket.ts";
import { faultOf, type Hooks } from "./hooks.ts";
import { createPeer, type Peer } from "./peer.ts";
import type { Target } from "./target.ts";

export interface DialOptions {
  /** How to open a connection in this runtime. */
  readonly connect: Connect;
  readonly tls?: TlsOptions;
  readonly hooks?: readonly Hooks[];
  readonly session?: SessionOptions;
  readonly limits: Pick<Limits, "connectTimeoutMillis" | "maxFrameBytesV3">;
}

/** The same, for connections on which the server's own requests are answered. */
export function answering(options: DialOptions, onRequest: RequestHandler): DialOptions {
  const heard: RequestHandler = (request, session) => {
    for (const hook of options.hooks ?? []) hook.asked?.(request.command, session.remote);
    return onRequest(request, session);
  };
  return { ...options, session: { ...options.session, onRequest: heard } };
}

/**
 * Opens a connection of one's own to a server. Rejects with `connect-failed`, `timeout` or `not-supported`, or with the
 * reason of the signal once that ends the attempt.
 */
export async function dial(
  server: Target,
  options: DialOptions,
  timeoutMillis: number,
  signal?: AbortSignal,
): Promise<Peer> {
  signal?.throwIfAborted();
  const startedAt = performance.now();
  const target = formatAddress(server);
  const tell = (fault: Fault | null) => {
    for (const hook of options.hooks ?? []) hook.connected?.(target, fault, performance.now() - startedAt);
  };
  try {
    const peer = await open(server, options, timeoutMillis, signal);
    tell(null);
    return peer;
  } catch (error) {
    if (!signal?.aborted) tell(faultOf(error, target));
    throw error;
  }
}

async function open(server: Target, options: DialOptions, timeoutMillis: number, signal?: AbortSignal): Promise<Peer> {
  const { connect, tls, limits, hooks, session } = options;
  const target = formatAddress(server);
  const millis = Math.max(1, Math.ceil(Math.min(timeoutMillis, limits.connectTimeoutMillis)));
  const controller = new AbortController();
  const expire = () => {
    const message = `Cannot connect to ${target}: not open within ${millis} ms`;
    controller.abort(new Fault("timeout", message, { target, isUnsent: true }));
  };
  const timer = setTimeout(expire, millis);
  const abort = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const socket = await connect(server, { signal: controller.signal, ...(tls && { tls }) });
    // It may have opened and been given up in the same moment.
    if (controller.signal.aborted) socket.close();
    controller.signal.throwIfAborted();
    return createPeer(createSession(socket, session), { kind: server.kind, hooks, limits });
  } catch (cause) {
    if (controller.signal.aborted) throw controller.signal.reason;
    if (cause instanceof Fault) throw cause;
    throw new Fault("connect-failed", `Cannot connect to ${target}: ${reasonOf(cause)}`, { cause, target });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
