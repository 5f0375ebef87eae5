/** Work that is done in order where it has to be. */
export interface Lanes {
  /** Does the work once all that came before it in its lane is over; without a lane, at once. */
  run<T>(lane: string | null, work: () => Promise<T>): Promise<T>;
}

/** Lanes that are forgotten once they are empty. */
export function createLanes(): Lanes {
  const lanes = new Map<string, Promise<unknown>>();
  return {
    run(lane, work) {
      const before = lane === null ? undefined : lanes.get(lane);
      const done = before === undefined ? work() : before.then(work, work);
      if (lane === null) return done;
      lanes.set(lane, done);
      const leave = () => {
        if (lanes.get(lane) === done) lanes.delete(lane);
      };
      done.then(leave, leave);
      return done;
    },
  };
}

/** Does something with each of them, so many at once, begun in their order. */
export async function eachAtOnce<T>(
  items: readonly T[],
  atOnce: number,
  step: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  async function work(): Promise<void> {
    while (next < items.length) await step(items[next++] as T);
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
}
