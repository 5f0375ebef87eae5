import { type BrokerTarget, isMaster } from "../discovery/broker-target.ts";
import type { TopicRoute } from "../discovery/directory.ts";
import { Fault } from "../errors.ts";
import { limits } from "../limits.ts";

/** A master with queues of a topic that can be read. */
export interface ReadableBroker {
  readonly broker: BrokerTarget;
  /** Its queues are counted from 0. */
  readonly queueCount: number;
}

const READ = 4;

/** Where a topic can be read. Throws `unavailable` for more queues than one reader can have. */
export function readableBrokers({ data, brokers }: TopicRoute): ReadableBroker[] {
  const found = brokers.filter(isMaster).flatMap((broker) => {
    const queues = data.queueDatas.find(({ brokerName }) => brokerName === broker.brokerName);
    return queues && (queues.perm & READ) !== 0 && queues.readQueueNums > 0
      ? [{ broker, queueCount: queues.readQueueNums }]
      : [];
  });
  const all = found.reduce((sum, { queueCount }) => sum + queueCount, 0);
  if (all <= limits.maxQueuesOfTopic) return found;
  throw new Fault("unavailable", `Cannot read the topic: it has ${all} queues, more than ${limits.maxQueuesOfTopic}`);
}
