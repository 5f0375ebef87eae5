import { jest } from "bun:test";

// Taken before any test fakes it: it lets every microtask run, and whatever those start.
const immediate = setImmediate;

/** Resolves once everything that can happen without time has happened. */
export function settle(): Promise<void> {
  return new Promise((resolve) => immediate(resolve));
}

/** Lets so many turns of the microtask queue pass: every number is another moment between two steps. */
export async function microtasks(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

/** Time that passes only when a test says so: timers, Date.now and performance.now. */
export interface Clock extends Disposable {
  /** Lets so much time pass, in steps, and everything that follows from it happen. */
  advance(millis: number, stepMillis?: number): Promise<void>;
  /** Fires what is due after so much time, and lets nothing follow from it yet. */
  jump(millis: number): void;
  /** Timers that have yet to fire. */
  readonly timers: number;
}

/** Stops the clock until it is disposed of: `using clock = fakeClock()`. */
export function fakeClock(): Clock {
  jest.useFakeTimers();
  return {
    async advance(millis, stepMillis = Math.max(1, millis / 100)) {
      await settle();
      for (let left = millis; left > 0; left -= stepMillis) {
        jest.advanceTimersByTime(Math.min(stepMillis, left));
        await settle();
      }
    },
    jump: (millis) => void jest.advanceTimersByTime(millis),
    get timers() {
      return jest.getTimerCount();
    },
    [Symbol.dispose]() {
      jest.clearAllTimers();
      jest.useRealTimers();
    },
  };
}
