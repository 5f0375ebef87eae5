import type { Connect } from "../../src/transport/socket.ts";

/** A way to connect that takes as long as the test wants, and gives up when it is told to. */
export interface SlowConnect {
  readonly connect: Connect;
  /** Lets all that wait, and all that come, through. */
  open(): void;
  /** Connects that were begun. */
  readonly begun: number;
  /** Those of them that were given up. */
  readonly aborted: number;
}

export function slowConnect(connect: Connect): SlowConnect {
  const gate = Promise.withResolvers<void>();
  let begun = 0;
  let aborted = 0;
  return {
    async connect(address, options) {
      begun++;
      const given = Promise.withResolvers<never>();
      options?.signal?.addEventListener("abort", () => {
        aborted++;
        given.reject(options.signal?.reason);
      });
      await Promise.race([gate.promise, given.promise]);
      return connect(address, options);
    },
    open: () => gate.resolve(),
    get begun() {
      return begun;
    },
    get aborted() {
      return aborted;
    },
  };
}
