import type { Fault } from "../errors.ts";
import type { Socket } from "./socket.ts";

/**
 * One attempt to connect that the signal can end. `start` begins it, reports the outcome to one of its arguments (later,
 * not while it runs) or throws, and returns what releases the attempt; that is called when the signal aborts it.
 */
export function attempt(
  signal: AbortSignal | undefined,
  start: (opened: (socket: Socket) => void, failed: (fault: Fault) => void) => () => void,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => {
      // First, because a runtime may report what is released as a failure of its own.
      reject(signal?.reason);
      release();
    };
    const settled = () => signal?.removeEventListener("abort", abort);
    const release = start(
      (socket) => {
        settled();
        resolve(socket);
      },
      (fault) => {
        settled();
        reject(fault);
      },
    );
    signal?.addEventListener("abort", abort, { once: true });
  });
}
