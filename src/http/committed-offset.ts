import { queryConsumerOffset } from "../commands/query-consumer-offset.ts";
import { updateConsumerOffset } from "../commands/update-consumer-offset.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import type { Int64 as Int64Value } from "../json/value.ts";
import { Int64, Type } from "../schema/types.ts";
import { type Queue, queueMembers } from "./topic-queues.ts";

/** The offset that a group has committed in a queue. */
export const offsetMembers = {
  group: Type.String({ description: "consumer group" }),
  topic: Type.String({ description: "topic name" }),
  ...queueMembers,
  offset: Int64("the committed offset: that of the message to go on with"),
};

/** What an offset is set to. */
export const OffsetInput = Type.Object(
  { offset: Int64("offset of the message to go on with", { minimum: 0 }) },
  { additionalProperties: false, title: "OffsetInput", examples: [{ offset: 42 }] },
);

/**
 * The offset that a group has committed in a queue. Rejects with `refused` and code 22 where there is none; 3.x and 4.x
 * say 0 then, as long as the first message of the queue is in memory.
 */
export async function committedOffset(
  { broker, topic, queueId }: Queue,
  consumerGroup: string,
  brokers: Brokers,
  left?: number,
): Promise<Int64Value> {
  const values = { consumerGroup, topic, queueId, setZeroIfNotFound: false };
  const { offset } = (await brokers.read(broker, queryConsumerOffset, values, left)).header;
  if (offset !== undefined) return offset;
  const { address: target } = broker;
  throw new Fault("undecodable", "Cannot read the offset: the broker answered without one", { target });
}

/** With this and SUCCESS, 5.x tells that it did nothing (ConsumerManageProcessor). */
const RESET_BEFORE = "Offset has been previously reset";

export interface Commit {
  readonly group: string;
  readonly offset: Int64Value;
}

/** Commits an offset. Rejects with `conflict` where one was reset before that no consumer has gone on from yet. */
export async function commitOffset(queue: Queue, { group, offset }: Commit, brokers: Brokers, left?: number) {
  const { broker, topic, queueId } = queue;
  const values = { consumerGroup: group, topic, queueId, commitOffset: offset };
  const { remark } = await brokers.write(broker, updateConsumerOffset, values, left);
  if (remark !== RESET_BEFORE) return;
  const where = `queue ${queueId} of topic ${topic} on broker ${broker.brokerName}`;
  throw new Fault("conflict", `Cannot set the offset of group ${group} in ${where}: ${RESET_BEFORE}`, {
    target: broker.address,
    hint: "No consumer has gone on from there yet. Reset it again, or wait for one.",
  });
}

/** The validator of an offset: the offset itself. */
export function etagOfOffset(offset: Int64Value): string {
  return `"${offset}"`;
}
