import { Fault } from "../errors.ts";
import type { Frame } from "../wire/frame.ts";

/** A request that waits for its answer. */
interface Waiter {
  readonly resolve: (response: Frame) => void;
  readonly reject: (fault: Fault) => void;
  readonly timer: ReturnType<typeof setTimeout>;
  /** Whether the runtime has taken its bytes; tells a request that was lost from one that never left. */
  sent: boolean;
}

/** The requests of one connection that wait for an answer, by opaque. */
export interface PendingTable {
  /** Waits for the answer to a new opaque, which `send` is called with. */
  wait(timeoutMillis: number, send: (opaque: number) => void): Promise<Frame>;
  markSent(opaque: number): void;
  /** Hands an answer to its request; false when nobody waits for it any more. */
  settle(response: Frame): boolean;
  fail(opaque: number, fault: Fault): void;
  /** Fails all: those that never left with `send-failed`, the others as given. */
  failAll(fault: Fault): void;
  readonly size: number;
}

/** `onTimeout` hears of every request that got no answer in time. */
export function pendingTable(remote: string, onTimeout: () => void): PendingTable {
  const waiters = new Map<number, Waiter>();
  let lastOpaque = 0;

  function nextOpaque(): number {
    do lastOpaque = (lastOpaque + 1) | 0;
    while (waiters.has(lastOpaque));
    return lastOpaque;
  }

  function take(opaque: number): Waiter | undefined {
    const waiter = waiters.get(opaque);
    if (waiter === undefined) return undefined;
    waiters.delete(opaque);
    clearTimeout(waiter.timer);
    return waiter;
  }

  function expire(opaque: number, timeoutMillis: number): void {
    const message = `Cannot get an answer from ${remote}: none within ${Math.ceil(timeoutMillis)} ms`;
    take(opaque)?.reject(new Fault("timeout", message, { target: remote }));
    onTimeout();
  }

  return {
    wait(timeoutMillis, send) {
      const opaque = nextOpaque();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(expire, timeoutMillis, opaque, timeoutMillis);
        waiters.set(opaque, { resolve, reject, timer, sent: false });
        try {
          send(opaque);
        } catch (fault) {
          take(opaque);
          reject(fault);
        }
      });
    },
    markSent(opaque) {
      const waiter = waiters.get(opaque);
      if (waiter) waiter.sent = true;
    },
    settle(response) {
      const waiter = take(response.command.opaque);
      waiter?.resolve(response);
      return waiter !== undefined;
    },
    fail: (opaque, fault) => take(opaque)?.reject(fault),
    failAll(fault) {
      for (const [opaque, { sent }] of [...waiters]) {
        take(opaque)?.reject(sent || fault.fault !== "closed" ? fault : neverLeft(remote, fault));
      }
    },
    get size() {
      return waiters.size;
    },
  };
}

function neverLeft(remote: string, cause: Fault): Fault {
  return new Fault("send-failed", `Cannot send to ${remote}: ${cause.message}`, { cause, target: remote });
}
