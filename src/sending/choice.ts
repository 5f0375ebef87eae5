import type { Limits } from "../limits.ts";
import type { WritableQueue } from "./queues.ts";

/** Which of several queues is next. */
export interface Choice {
  /** The next queue in turn, of those whose broker isn't among the `tried`; undefined where all are. */
  next(topic: string, queues: readonly WritableQueue[], tried: ReadonlySet<string>): WritableQueue | undefined;
  /** From now on for a while its queues are passed over where there are others. */
  failed(brokerName: string): void;
}

/** Takes the queues of each topic in turn, from anywhere: many gateways must not begin with the same. */
export function createChoice({
  failingBrokerMillis,
  maxKeptRoutes,
}: Pick<Limits, "failingBrokerMillis" | "maxKeptRoutes">): Choice {
  const turns = new Map<string, number>();
  const failing = new Map<string, number>();

  function turn(topic: string): number {
    const known = turns.get(topic);
    const count = known === undefined ? Math.floor(Math.random() * 65_536) : (known + 1) % Number.MAX_SAFE_INTEGER;
    turns.delete(topic);
    turns.set(topic, count);
    const [oldest] = turns.keys();
    if (turns.size > maxKeptRoutes && oldest !== undefined) turns.delete(oldest);
    return count;
  }

  function isFailing(brokerName: string): boolean {
    const until = failing.get(brokerName);
    if (until !== undefined && until > performance.now()) return true;
    failing.delete(brokerName);
    return false;
  }

  return {
    next(topic, queues, tried) {
      const left = tried.size === 0 ? queues : queues.filter(({ broker }) => !tried.has(broker.brokerName));
      const sound = failing.size === 0 ? left : left.filter(({ broker }) => !isFailing(broker.brokerName));
      const candidates = sound.length > 0 ? sound : left;
      return candidates[turn(topic) % Math.max(1, candidates.length)];
    },
    failed(brokerName) {
      failing.set(brokerName, performance.now() + failingBrokerMillis);
    },
  };
}
