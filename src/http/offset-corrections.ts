import { getAllConsumerOffset } from "../commands/get-all-consumer-offset.ts";
import { getMinOffset } from "../commands/get-min-offset.ts";
import { queryCorrectionOffset } from "../commands/query-correction-offset.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import type { Int64 as Int64Value } from "../json/value.ts";
import { Int64, type Static, Type } from "../schema/types.ts";
import { type ConsumerOffsetRow, offsetRows } from "./broker-offsets.ts";
import { EmulatedBy, emulatedBy } from "./emulated.ts";
import type { Part } from "./gathered.ts";
import { ListOf } from "./list.ts";
import { eachQueue, offsetAt, queueMembers } from "./topic-queues.ts";

const CorrectionRow = Type.Object({
  ...queueMembers,
  offset: Int64("smallest offset of any group; the largest integer where the group compared is behind that already"),
});
type CorrectionRow = Static<typeof CorrectionRow>;

/** The offsets of the slowest group in each queue of a topic. */
export const Corrections = Type.Object({ ...ListOf(CorrectionRow).properties, emulatedBy: EmulatedBy });

/** What is asked for. */
export interface Correction {
  readonly topic: string;
  /** The group that may be behind already. */
  readonly compareGroup: string;
  /** Groups that don't count. */
  readonly without: readonly string[];
}

export async function correctionsAt(
  one: BrokerTarget,
  correction: Correction,
  brokers: Brokers,
  left: () => number,
): Promise<CorrectionRow[]> {
  const { topic, compareGroup, without } = correction;
  if (without.length > 0) return emulated(one, correction, brokers, left);
  const { body } = await brokers.read(one, queryCorrectionOffset, { topic, compareGroup }, left());
  const offsets = Object.entries(body?.correctionOffsets ?? {});
  return offsets.map(([queueId, offset]) => ({ brokerName: one.brokerName, queueId: Number(queueId), offset }));
}

export function corrections(
  parts: readonly Part<CorrectionRow[]>[],
  { without }: Correction,
): Static<typeof Corrections> {
  const data = parts.flatMap(({ value }) => value);
  return { data, next: null, ...(without.length > 0 && emulatedBy(getAllConsumerOffset, getMinOffset)) };
}

const LARGEST = 2n ** 63n - 1n;

/** The same without these groups, from all the offsets: a broker that is told of groups deletes theirs in every topic. */
async function emulated(
  one: BrokerTarget,
  { topic, compareGroup, without }: Correction,
  brokers: Brokers,
  left: () => number,
): Promise<CorrectionRow[]> {
  const { body } = await brokers.read(one, getAllConsumerOffset, {}, left());
  const rows = offsetRows(body).filter((row) => row.topic === topic && !without.includes(row.group));
  const queueIds = [...new Set(rows.map(({ queueId }) => queueId))].sort((a, b) => a - b);
  const slowest = await eachQueue(queueIds.length, async (index) => {
    const queueId = queueIds[index] as number;
    const oldest = await offsetAt({ broker: one, topic, queueId }, "min", brokers, left());
    return slowestOf(
      rows.filter((row) => row.queueId === queueId),
      { oldest, compareGroup },
    );
  });
  return queueIds.flatMap((queueId, index) => {
    const offset = slowest[index];
    return offset === undefined ? [] : [{ brokerName: one.brokerName, queueId, offset }];
  });
}

interface Comparison {
  /** Offsets below this one are of messages that are gone. */
  readonly oldest: Int64Value;
  readonly compareGroup: string;
}

function slowestOf(rows: readonly ConsumerOffsetRow[], { oldest, compareGroup }: Comparison): Int64Value | undefined {
  let slowest: Int64Value | undefined;
  for (const { offset } of rows) {
    if (offset !== undefined && offset >= oldest && (slowest === undefined || offset < slowest)) slowest = offset;
  }
  const compared = rows.find(({ group }) => group === compareGroup)?.offset;
  return slowest !== undefined && compared !== undefined && slowest > compared ? LARGEST : slowest;
}
