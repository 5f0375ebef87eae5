import type { Fault } from "../errors.ts";

/** Writes on their way to a sink that may take only a part of the bytes and says later when it has room again. */
export interface PartialWrites {
  /** As `write` of a {@link import("./socket.ts").Socket}. */
  write(bytes: Uint8Array): Promise<void>;
  /** The sink has room again. */
  drain(): void;
  /** Rejects every write that waits, and all that are still to come. The first fault stays. */
  fail(fault: Fault): void;
}

interface Waiting {
  readonly bytes: Uint8Array;
  readonly done: PromiseWithResolvers<void>;
  from: number;
}

const accepted = Promise.resolve();

/** Keeps the order of the calls. `send` offers the bytes of an array from an index on, and returns how many the sink took. */
export function partialWrites(send: (bytes: Uint8Array, from: number) => number): PartialWrites {
  const waiting: Waiting[] = [];
  let broken: Fault | undefined;

  const drain = () => {
    while (!broken) {
      const first = waiting[0];
      if (!first) return;
      first.from += send(first.bytes, first.from);
      if (first.from < first.bytes.length) return;
      waiting.shift();
      first.done.resolve();
    }
  };

  return {
    write(bytes) {
      if (broken) return Promise.reject(broken);
      let from = 0;
      if (waiting.length === 0) {
        from = send(bytes, 0);
        if (broken) return Promise.reject(broken);
        if (from === bytes.length) return accepted;
      }
      const done = Promise.withResolvers<void>();
      waiting.push({ bytes, done, from });
      return done.promise;
    },
    drain,
    fail(fault) {
      broken ??= fault;
      for (const { done } of waiting.splice(0)) done.reject(broken);
    },
  };
}
