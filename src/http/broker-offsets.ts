import type { ConsumerOffsets, DelayOffsets } from "../body/offset-tables.ts";
import { DataVersion } from "../body/topic-config.ts";
import type { Int64 as Int64Value } from "../json/value.ts";
import { Int32, Int64, type Static, Type } from "../schema/types.ts";
import { ListOf } from "./list.ts";

const ConsumerOffsetRow = Type.Object({
  topic: Type.String({ description: "topic name" }),
  group: Type.String({ description: "consumer group" }),
  queueId: Int32("queue of the broker"),
  offset: Type.Optional(Int64("the committed offset; absent where the group only pulled")),
  pullOffset: Type.Optional(Int64("offset up to which the group pulled, since 5.1")),
});
export type ConsumerOffsetRow = Static<typeof ConsumerOffsetRow>;

/** Every offset that groups have committed on a broker. */
export const BrokerOffsets = Type.Object({
  ...ListOf(ConsumerOffsetRow).properties,
  groupTopicMap: Type.Optional(
    Type.Record(Type.String(), Type.Array(Type.String()), { description: "topics by group, since 5.4" }),
  ),
  dataVersion: Type.Optional(DataVersion),
});

/** How far a broker is in its delay levels. */
export const BrokerDelayOffsets = Type.Object({
  ...ListOf(
    Type.Object({
      delayLevel: Int32("delay level, 1 and up"),
      offset: Int64("offset of the next message to deliver"),
    }),
  ).properties,
  dataVersion: Type.Optional(DataVersion),
});

type Table = ConsumerOffsets["offsetTable"];

/** The offsets by topic, group and queue, each in a row of its own. */
export function brokerOffsets(offsets: ConsumerOffsets | null): Static<typeof BrokerOffsets> {
  const { offsetTable: _, pullOffsetTable: __, ...rest } = offsets ?? { offsetTable: {} };
  return { data: offsetRows(offsets), next: null, ...rest };
}

/** The rows alone, by topic, group and queue. */
export function offsetRows(offsets: ConsumerOffsets | null): ConsumerOffsetRow[] {
  const { offsetTable = {}, pullOffsetTable = {} } = offsets ?? {};
  const keys = new Set([...Object.keys(offsetTable), ...Object.keys(pullOffsetTable)]);
  return [...keys].sort().flatMap((key) => rowsOf(key, offsetTable, pullOffsetTable));
}

function rowsOf(key: string, offsets: Table, pulled: Table): ConsumerOffsetRow[] {
  // Neither topics nor groups have an @, but for names that 3.x alone takes.
  const [topic = "", ...group] = key.split("@");
  const committed = entriesOf(offsets, key);
  const pulls = entriesOf(pulled, key);
  const queueIds = [...new Set([...committed.keys(), ...pulls.keys()])].sort((one, other) => one - other);
  return queueIds.map((queueId) => {
    const offset = committed.get(queueId);
    const pullOffset = pulls.get(queueId);
    const told = { ...(offset !== undefined && { offset }), ...(pullOffset !== undefined && { pullOffset }) };
    return { topic, group: group.join("@"), queueId, ...told };
  });
}

function entriesOf(table: Table, key: string): Map<number, Int64Value> {
  const byQueue = Object.hasOwn(table, key) ? (table[key] ?? {}) : {};
  return new Map(Object.entries(byQueue).map(([queueId, offset]) => [Number(queueId), offset]));
}

/** The levels in their order. */
export function delayOffsets(offsets: DelayOffsets | null): Static<typeof BrokerDelayOffsets> {
  const { offsetTable, ...rest } = offsets ?? { offsetTable: {} };
  const rows = Object.entries(offsetTable).map(([level, offset]) => ({ delayLevel: Number(level), offset }));
  return { data: rows.sort((one, other) => one.delayLevel - other.delayLevel), next: null, ...rest };
}
