import { type ConsumeStats, OffsetWrapper } from "../body/consume-stats.ts";
import { MessageQueue } from "../body/message-queue.ts";
import { getConsumeStats } from "../commands/get-consume-stats.ts";
import { orNull } from "../discovery/absent.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import { type Int64 as Int64Value, int64 } from "../json/value.ts";
import { Int64, type Static, Type } from "../schema/types.ts";
import { TOPIC_NOT_EXIST } from "../wire/response-codes.ts";
import type { Part } from "./gathered.ts";
import { ListOf } from "./list.ts";
import { inOrderOfQueues } from "./queue-order.ts";

/** How far a group is in a queue. */
export const OffsetRow = Type.Object({
  ...MessageQueue.properties,
  ...OffsetWrapper.properties,
  lag: Int64("messages that wait for the group: brokerOffset less consumerOffset"),
});

/** How far a group is in all of its queues. */
export const GroupOffsets = Type.Object({
  ...ListOf(OffsetRow).properties,
  consumeTps: Type.Number({ description: "messages that the group takes in a second" }),
  totalLag: Int64("messages that wait for the group in all of these queues"),
});

/** What a class of Java has where the wire has nothing. */
const unset = { brokerOffset: 0, consumerOffset: 0, lastTimestamp: 0 };

/** What brokers say of a group, and how far it is behind. */
export function groupOffsets(parts: readonly Part<ConsumeStats>[]): Static<typeof GroupOffsets> {
  const rows = parts.flatMap(({ value }) => value.offsetTable).map((row) => ({ ...unset, ...row }));
  const data = inOrderOfQueues(rows).map((row) => ({ ...row, lag: lagOf(row) }));
  const totalLag = int64(data.reduce((total, { lag }) => total + BigInt(lag), 0n));
  const consumeTps = parts.reduce((total, { value }) => total + (value.consumeTps ?? 0), 0);
  return { data, next: null, consumeTps, totalLag };
}

function lagOf({ brokerOffset, consumerOffset }: Readonly<Record<"brokerOffset" | "consumerOffset", Int64Value>>) {
  return int64(BigInt(brokerOffset) - BigInt(consumerOffset));
}

/** What a broker says of a group. Rejects with `not-found` where it has no offsets of it. */
export async function consumeStatsAt(
  broker: BrokerTarget,
  { group: consumerGroup, topic }: { readonly group: string; readonly topic: string | undefined },
  brokers: Brokers,
  left: () => number,
): Promise<ConsumeStats> {
  const values = topic === undefined ? { consumerGroup } : { consumerGroup, topic };
  const { body } = await brokers.read(broker, getConsumeStats, values, left());
  if (body && body.offsetTable.length > 0) return body;
  const { brokerName, address: target } = broker;
  const what = topic === undefined ? "" : ` in topic ${topic}`;
  throw new Fault("not-found", `Cannot find offsets of group ${consumerGroup}${what}: broker ${brokerName} has none`, {
    target,
  });
}

/**
 * The brokers that may know offsets of a group: those that have the topic, where one is named; else those that have the
 * group's retry topic, as mqadmin finds them; and all where there is none, since nobody consumed with it yet.
 */
export async function brokersOfGroup(
  group: string,
  topic: string | undefined,
  brokers: Brokers,
): Promise<readonly BrokerTarget[]> {
  if (topic !== undefined) return brokers.mastersOf(topic);
  const retry = await orNull(brokers.mastersOf(`%RETRY%${group}`), TOPIC_NOT_EXIST);
  return retry ?? brokers.masters();
}
