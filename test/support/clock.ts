import { jest } from "bun:test";

// Taken before any test fakes it: it lets every microtask run, and whatever those start.
const immediate = setImmediate;

/** More turns than anything here takes to come to rest: frames leave at the end of a turn, and so do their answers. */
const TURNS = 12;

/** Resolves once everything that can happen without time has happened. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => immediate(resolve));
}

/** As many microtasks as follow on each other within a turn. */
const MICROTASKS = 15;

/**
 * Lets so many moments pass, each another one between two steps: microtasks, and now and then the end of a turn of the
 * event loop, at which frames leave.
 */
export async function moments(count: number): Promise<void> {
  for (let moment = 1; moment <= count; moment++) {
    if (moment % (MICROTASKS + 1) > 0) await Promise.resolve();
    else await new Promise((resolve) => immediate(resolve));
  }
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
