import { SubscriptionGroupConfig, type SubscriptionGroupTable } from "../body/subscription-group.ts";
import { getAllSubscriptionGroupConfig } from "../commands/get-all-subscription-group-config.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import { stringifyJson } from "../json/strict.ts";
import type { JsonValue } from "../json/value.ts";
import { Int32, type Static, Type } from "../schema/types.ts";
import type { Part } from "./gathered.ts";

/** A group in a list. */
export const GroupRow = Type.Object({
  ...SubscriptionGroupConfig.properties,
  forbidden: Type.Optional(
    Type.Record(Type.String(), Int32("bits: 4 reading is forbidden"), {
      description: "what it may not do with a topic, by topic, since 5.0",
    }),
  ),
});
type GroupRow = Static<typeof GroupRow>;

/** A group in a list of several brokers. */
export const MergedGroupRow = Type.Object({
  ...GroupRow.properties,
  brokerNames: Type.Array(Type.String(), { description: "brokers that have it so" }),
});
type MergedGroupRow = Static<typeof MergedGroupRow>;

/** The groups of one broker, in the order of their names. */
export function groupRows({ subscriptionGroupTable, forbiddenTable = {} }: SubscriptionGroupTable): GroupRow[] {
  return Object.entries(subscriptionGroupTable)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([groupName, config]) => {
      const forbidden = memberOf(forbiddenTable, groupName);
      return { ...config, groupName, ...(forbidden && { forbidden }) };
    });
}

/** The groups of several brokers: those that have one alike share a row. */
export function mergedGroupRows(parts: readonly Part<SubscriptionGroupTable>[]): MergedGroupRow[] {
  const merged = new Map<string, MergedGroupRow & { brokerNames: string[] }>();
  for (const { broker, value } of parts) {
    for (const row of groupRows(value)) {
      const key = stringifyJson(row as unknown as JsonValue);
      const known = merged.get(key) ?? { ...row, brokerNames: [] };
      known.brokerNames.push(broker.brokerName);
      merged.set(key, known);
    }
  }
  return [...merged.values()].sort((one, other) => (one.groupName < other.groupName ? -1 : 1));
}

/**
 * A group as a broker has it, taken from its table: a 5.x broker that is asked for one group by
 * GET_SUBSCRIPTIONGROUP_CONFIG makes it where it isn't there. Throws `not-found` where it has none of the name.
 */
export async function groupAt(
  broker: BrokerTarget,
  group: string,
  brokers: Brokers,
  left: () => number,
): Promise<SubscriptionGroupConfig> {
  const { body } = await brokers.read(broker, getAllSubscriptionGroupConfig, {}, left());
  const config = memberOf(body?.subscriptionGroupTable ?? {}, group);
  if (config) return config;
  const { brokerName, address: target } = broker;
  throw new Fault("not-found", `Cannot find group ${group}: broker ${brokerName} has none of that name`, { target });
}

function memberOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
