import { cloneGroupOffset } from "../commands/clone-group-offset.ts";
import { getAllConsumerOffset } from "../commands/get-all-consumer-offset.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import { Int64, Name, type Static, Type } from "../schema/types.ts";
import { offsetRows } from "./broker-offsets.ts";
import { ListOf } from "./list.ts";
import { queueMembers } from "./topic-queues.ts";

/** Whose offsets a group is to get. */
export const CloneInput = Type.Object(
  {
    srcGroup: Name("group that has the offsets"),
    topic: Type.Optional(Name("this topic alone; default every one in which that group has offsets")),
    offline: Type.Optional(
      Type.Boolean({
        description: "whether topics count that this group, being online, doesn't subscribe to; default not",
      }),
    ),
  },
  { additionalProperties: false, title: "OffsetCloneInput", examples: [{ srcGroup: "billing", topic: "orders" }] },
);

const ClonedRow = Type.Object({
  topic: Type.String({ description: "topic name" }),
  ...queueMembers,
  offset: Int64("offset that the source group had there"),
});
export type ClonedRow = Static<typeof ClonedRow>;

export const cloneMembers = {
  srcGroup: Type.String({ description: "group that has the offsets" }),
  destGroup: Type.String({ description: "group that gets them" }),
  ...ListOf(ClonedRow).properties,
};

export interface Clone extends Static<typeof CloneInput> {
  readonly destGroup: string;
}

/**
 * Clones the offsets of a group that a broker has, topic by topic, since a broker that is told no topic clones nothing
 * (AdminBrokerProcessor.cloneGroupOffset). Throws `not-found` where it has none.
 */
export async function cloneAt(
  one: BrokerTarget,
  { srcGroup, destGroup, topic, offline = false }: Clone,
  brokers: Brokers,
  left: () => number,
): Promise<ClonedRow[]> {
  const { body } = await brokers.read(one, getAllConsumerOffset, {}, left());
  const isMeant = topic === undefined ? isOfUse : (name: string) => name === topic;
  const rows = offsetRows(body).flatMap(({ topic, group, queueId, offset }) =>
    group === srcGroup && offset !== undefined && isMeant(topic)
      ? [{ topic, brokerName: one.brokerName, queueId, offset }]
      : [],
  );
  const topics = [...new Set(rows.map((row) => row.topic))];
  if (topics.length === 0) throw nothingToClone(srcGroup, topic, one);
  await Promise.all(
    topics.map((topic) => brokers.write(one, cloneGroupOffset, { srcGroup, destGroup, topic, offline }, left())),
  );
  return rows;
}

/** What waits to be retried belongs to the one group alone. */
function isOfUse(topic: string): boolean {
  return !topic.startsWith("%RETRY%");
}

function nothingToClone(srcGroup: string, topic: string | undefined, { brokerName, address: target }: BrokerTarget) {
  const where = topic === undefined ? "" : ` in topic ${topic}`;
  return new Fault("not-found", `Cannot clone offsets of group ${srcGroup}${where}: broker ${brokerName} has none`, {
    target,
  });
}
