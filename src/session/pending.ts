import { Fault } from "../errors.ts";
import type { Frame } from "../wire/frame.ts";
import { notSent } from "./faults.ts";

/** A request that waits for its answer. */
interface Waiter {
  readonly resolve: (response: Frame) => void;
  readonly reject: (fault: Fault) => void;
  readonly timer: ReturnType<typeof setTimeout>;
  /** Whether the peer may have all of its bytes; tells a request that was lost from one that never left. */
  hasLeft: boolean;
}

/** The requests of one connection that wait for an answer, by opaque. */
export interface PendingTable {
  /** Waits for the answer to a new opaque, which `send` is called with. */
  wait(timeoutMillis: number, send: (opaque: number) => void): Promise<Frame>;
  /** From now on the peer may have it, answered or not. */
  markLeft(opaque: number): void;
  /** Hands an answer to its request; false when nobody waits for it any more. */
  settle(response: Frame): boolean;
  /** Fails a request that never left. One that may have left goes on waiting, for its answer or for `failAll`. */
  fail(opaque: number, fault: Fault): void;
  /** Fails all: those that never left with `send-failed`, the others as given. */
  failAll(fault: Fault): void;
  readonly size: number;
  /** The opaque of the next request. */
  readonly nextOpaque: number;
}

/** Numbers that follow on `last` through all of 32 bits, with sign, and around. */
export function opaqueCounter(last = 0): () => number {
  let opaque = last;
  return () => {
    opaque = (opaque + 1) | 0;
    return opaque;
  };
}

/** `onTimeout` hears of every request that got no answer in time. `count` proposes opaques; one in use is passed over. */
export function pendingTable(remote: string, onTimeout: () => void, count = opaqueCounter()): PendingTable {
  const waiters = new Map<number, Waiter>();
  let upcoming = freeOpaque();

  function freeOpaque(): number {
    let opaque = count();
    while (waiters.has(opaque)) opaque = count();
    return opaque;
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
      const opaque = upcoming;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(expire, timeoutMillis, opaque, timeoutMillis);
        waiters.set(opaque, { resolve, reject, timer, hasLeft: false });
        upcoming = freeOpaque();
        try {
          send(opaque);
        } catch (fault) {
          take(opaque);
          reject(fault);
        }
      });
    },
    markLeft(opaque) {
      const waiter = waiters.get(opaque);
      if (waiter) waiter.hasLeft = true;
    },
    settle(response) {
      const waiter = take(response.command.opaque);
      waiter?.resolve(response);
      return waiter !== undefined;
    },
    fail(opaque, fault) {
      if (!waiters.get(opaque)?.hasLeft) take(opaque)?.reject(fault);
    },
    failAll(fault) {
      for (const [opaque, { hasLeft }] of [...waiters]) {
        take(opaque)?.reject(hasLeft || fault.fault !== "closed" ? fault : notSent(remote, fault));
      }
    },
    get size() {
      return waiters.size;
    },
    get nextOpaque() {
      return upcoming;
    },
  };
}
