import type { ResetOffsets } from "../body/queue-offsets.ts";
import type { CommandName } from "../commands/command.ts";
import { getMaxOffset } from "../commands/get-max-offset.ts";
import { getMinOffset } from "../commands/get-min-offset.ts";
import { invokeBrokerToResetOffset } from "../commands/invoke-broker-to-reset-offset.ts";
import { queryConsumerOffset } from "../commands/query-consumer-offset.ts";
import { searchOffsetByTimestamp } from "../commands/search-offset-by-timestamp.ts";
import { updateConsumerOffset } from "../commands/update-consumer-offset.ts";
import { orNull } from "../discovery/absent.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import type { Int64 as Int64Value } from "../json/value.ts";
import { CONSUMER_NOT_ONLINE, QUERY_NOT_FOUND } from "../wire/response-codes.ts";
import { commitOffset, committedOffset } from "./committed-offset.ts";
import { eachQueue, offsetAt, type Queue, queueCount } from "./topic-queues.ts";

/** What is to be reset, and to which time. */
export interface Reset {
  readonly group: string;
  readonly topic: string;
  /** Epoch milliseconds; -1 stands for the end. */
  readonly timestamp: Int64Value;
  /** Whether offsets may move forward, too. */
  readonly force: boolean;
}

type Rows = ResetOffsets["offsetTable"];

/** What came of it at one broker, and what was sent in place of what was asked for. */
export interface ResetDone {
  readonly rows: Rows;
  readonly instead: readonly CommandName[];
}

export type ResetSteps = (
  broker: BrokerTarget,
  reset: Reset,
  brokers: Brokers,
  left: () => number,
) => Promise<ResetDone>;

/** Lets the broker do it, as 5.x does by itself; 3.x and 4.x make the clients do it, and refuse where none is online. */
export const throughClients: ResetSteps = async (broker, { force: isForce, ...values }, brokers, left) => {
  const { body } = await brokers.write(broker, invokeBrokerToResetOffset, { ...values, isForce }, left());
  return { rows: body?.offsetTable ?? [], instead: [] };
};

/** The same, queue by queue where no client is online, as mqadmin does it. */
export const asJavaDoes: ResetSteps = async (broker, reset, brokers, left) => {
  const done = await orNull(throughClients(broker, reset, brokers, left), CONSUMER_NOT_ONLINE);
  return done ?? queueByQueue(broker, reset, brokers, left);
};

/** Looks up the offset of the time in each queue and commits it, whoever is online. */
export const queueByQueue: ResetSteps = async (broker, reset, brokers, left) => {
  const { topic, timestamp, force } = reset;
  const count = queueCount(await brokers.routeOf(topic), broker.brokerName);
  if (count === 0) {
    const reason = `the topic's route has no broker ${broker.brokerName}`;
    throw new Fault("not-found", `Cannot reset offsets in topic ${topic}: ${reason}`, { target: broker.address });
  }
  const rows = await eachQueue(count, (queueId) => resetQueue({ broker, topic, queueId }, reset, brokers, left));
  const found = isEnd(timestamp) ? getMaxOffset : searchOffsetByTimestamp;
  const compared = force ? [] : [queryConsumerOffset, getMinOffset];
  return { rows, instead: [found, ...compared, updateConsumerOffset] };
};

async function resetQueue(
  queue: Queue,
  { group, timestamp, force }: Reset,
  brokers: Brokers,
  left: () => number,
): Promise<Rows[number]> {
  const { broker, topic, queueId } = queue;
  const wanted = await offsetAt(queue, isEnd(timestamp) ? "max" : timestamp, brokers, left());
  const current = force ? wanted : await offsetNow(queue, group, brokers, left);
  const offset = wanted > current ? current : wanted;
  if (wanted <= current) await commitOffset(queue, { group, offset }, brokers, left());
  return { brokerName: broker.brokerName, queueId, topic, offset };
}

/** Where a group is; at the oldest message where it never was anywhere. */
async function offsetNow(queue: Queue, group: string, brokers: Brokers, left: () => number): Promise<Int64Value> {
  const committed = await orNull(committedOffset(queue, group, brokers, left()), QUERY_NOT_FOUND);
  return committed ?? offsetAt(queue, "min", brokers, left());
}

function isEnd(timestamp: Int64Value): boolean {
  return timestamp < 0;
}
