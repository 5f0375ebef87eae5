import { SubscriptionGroupConfig } from "../body/subscription-group.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import { Nullable, type Static, Type } from "../schema/types.ts";
import type { Generation } from "../wire/versions.ts";

const { groupName: _name, attributes: _attributes, ...settings } = SubscriptionGroupConfig.properties;

const Attributes = Type.Record(Type.String({ pattern: "^[^+-]+$" }), Nullable(Type.String()), {
  description: "attributes to set, such as lite.bind.topic, and with null to delete; the others stay. Since 5.1.3",
  additionalProperties: false,
  examples: [{ "priority.factor": "100" }],
});

/** A group as a caller states it: what is left out has the default of a new group. */
export const GroupInput = Type.Object(
  {
    groupName: Type.Optional(Type.String({ description: "the group of the path, as GET tells it" })),
    ...settings,
    attributes: Type.Optional(Attributes),
  },
  {
    additionalProperties: false,
    title: "GroupInput",
    description: "A consumer group; by default it may consume, has 1 retry queue and 16 redeliveries",
    examples: [{ retryMaxTimes: 3 }],
  },
);
type GroupInput = Static<typeof GroupInput>;

/** What was written of a group. */
export const groupMembers = { ...SubscriptionGroupConfig.properties, attributes: Type.Optional(Attributes) };
const GroupStated = Type.Object(groupMembers);
type GroupStated = Static<typeof GroupStated>;

/** The initial values in Java of what every generation knows. */
const initial = {
  consumeEnable: true,
  consumeFromMinEnable: true,
  consumeBroadcastEnable: true,
  retryQueueNums: 1,
  retryMaxTimes: 16,
  brokerId: 0,
  whichBrokerWhenConsumeSlowly: 1,
};

/** What only newer brokers know, with its initial value there: older ones do as that says. */
const newer = {
  notifyConsumerIdsChangedEnable: ["4.9.7", true],
  consumeMessageOrderly: ["5.5.0", false],
  groupRetryPolicy: ["5.5.0", { type: "CUSTOMIZED" }],
  groupSysFlag: ["5.5.0", 0],
  consumeTimeoutMinute: ["5.5.0", 15],
  subscriptionDataSet: ["5.5.0", []],
  attributes: ["5.5.0", {}],
} as const satisfies { [K in keyof GroupInput]: readonly [since: Generation, initial: unknown] };

const newerMembers = Object.entries(newer) as readonly (readonly [
  keyof typeof newer,
  readonly [Generation, unknown],
])[];

/** The group with its defaults. Throws `invalid-body` where the body names another one than the path. */
export function statedGroup(group: string, { groupName = group, ...input }: GroupInput): GroupStated {
  if (groupName !== group) {
    throw new Fault("invalid-body", `Cannot take the body: it names group ${groupName}, and the path ${group}`, {
      violations: [{ pointer: "/groupName", detail: "must be the group of the path" }],
    });
  }
  return { groupName, ...initial, ...input };
}

/** The same as the body of UPDATE_AND_CREATE_SUBSCRIPTIONGROUP. */
export function groupBodyOf({ attributes, ...config }: GroupStated): SubscriptionGroupConfig {
  if (attributes === undefined) return config;
  const changes = Object.entries(attributes).map(([name, value]) =>
    value === null ? [`-${name}`, ""] : [`+${name}`, value],
  );
  return { ...config, attributes: Object.fromEntries(changes) };
}

/** Throws `not-supported` for a group with settings at a broker that would overlook them. */
export async function mustKnowSettings(
  stated: GroupStated,
  brokers: Brokers,
  broker: BrokerTarget,
  left: () => number,
) {
  const special = newerMembers.filter(([name, [, usual]]) => {
    return stated[name] !== undefined && JSON.stringify(stated[name]) !== JSON.stringify(usual);
  });
  if (special.length === 0) return;
  const generation = await brokers.generation(broker, left());
  const unknown = special.flatMap(([name, [since]]) => (generation < since ? [name] : []));
  if (unknown.length === 0) return;
  const what = unknown.join(" and ");
  throw new Fault("not-supported", `Cannot set ${what} at broker ${broker.brokerName}: its version doesn't know it`, {
    target: broker.address,
    hint: `Leave ${what} out.`,
  });
}
