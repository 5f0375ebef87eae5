import type { Fault } from "../errors.ts";

/**
 * How much may wait unread before the adapter is told to stop reading. Four reads of 64 KiB: enough to keep a busy
 * reader fed, little enough for thousands of connections.
 */
const maxWaitingBytes = 256 * 1024;

/** Chunks on their way from a runtime's events to the one reader who pulls them. */
export interface ChunkQueue extends AsyncIterable<Uint8Array> {
  push(chunk: Uint8Array): void;
  /** Nothing comes any more; what waits is still handed out. */
  end(): void;
  /** The same, and then the reader gets this fault. */
  fail(fault: Fault): void;
  /** Ends at once and forgets what waits. */
  clear(): void;
}

type Step = IteratorResult<Uint8Array, undefined>;

const end: Step = { value: undefined, done: true };

/**
 * A queue that tells its source when to `pause` (too much waits) and to `resume` (all of it was read). The first of
 * `end`, `fail` and `clear` counts, but `clear` also drops what an earlier one left waiting.
 */
export function chunkQueue(pause: () => void, resume: () => void): ChunkQueue {
  const waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let paused = false;
  let ended = false;
  let fault: Fault | undefined;
  let reader: PromiseWithResolvers<Step> | undefined;

  const finish = (why?: Fault) => {
    if (ended) return;
    ended = true;
    if (reader && why) reader.reject(why);
    else if (reader) reader.resolve(end);
    else fault = why;
    reader = undefined;
  };

  const next = (): Promise<Step> => {
    const value = waiting.shift();
    if (value) {
      waitingBytes -= value.length;
      if (paused && waiting.length === 0 && !ended) {
        paused = false;
        resume();
      }
      return Promise.resolve({ value, done: false });
    }
    if (!ended) {
      reader = Promise.withResolvers();
      return reader.promise;
    }
    // Thrown once; whoever asks again is told that there is no more.
    const thrown = fault;
    fault = undefined;
    return thrown ? Promise.reject(thrown) : Promise.resolve(end);
  };

  return {
    push(chunk) {
      if (ended) return;
      if (reader) {
        reader.resolve({ value: chunk, done: false });
        reader = undefined;
        return;
      }
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (paused || waitingBytes < maxWaitingBytes) return;
      paused = true;
      pause();
    },
    end: () => finish(),
    fail: finish,
    clear() {
      waiting.length = 0;
      waitingBytes = 0;
      fault = undefined;
      finish();
    },
    [Symbol.asyncIterator]: () => ({ next }),
  };
}
