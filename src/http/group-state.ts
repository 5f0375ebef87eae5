import type { SubscriptionGroupConfig } from "../body/subscription-group.ts";
import { updateAndCreateSubscriptionGroup } from "../commands/update-and-create-subscription-group.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { type Static, Type } from "../schema/types.ts";
import type { Part } from "./gathered.ts";
import { groupAt } from "./group-table.ts";

/** Whether the members of a group may consume. */
export const State = Type.Union([Type.Literal("running"), Type.Literal("suspended")], {
  description: "whether its members may consume: a broker gives a suspended group no messages",
});
export type State = Static<typeof State>;

export const StateInput = Type.Object({ state: State }, { additionalProperties: false, title: "GroupStateInput" });

/** The state of a group, which each broker keeps for itself. */
export const GroupState = Type.Object({
  groupName: Type.String({ description: "consumer group" }),
  data: Type.Array(Type.Object({ brokerName: Type.String({ description: "broker name" }), state: State })),
  next: Type.Null(),
});

export function groupState(
  groupName: string,
  parts: readonly Part<SubscriptionGroupConfig>[],
): Static<typeof GroupState> {
  const data = parts.map(({ broker: { brokerName }, value: { consumeEnable = true } }) => {
    return { brokerName, state: consumeEnable ? ("running" as const) : ("suspended" as const) };
  });
  return { groupName, data, next: null };
}

/** Writes the group as a broker has it, changed in this alone. */
export async function setState(
  broker: BrokerTarget,
  { group, state }: { readonly group: string; readonly state: State },
  brokers: Brokers,
  left: () => number,
): Promise<void> {
  // A change of attributes names each with a sign; those that aren't named stay.
  const { attributes: _, ...settings } = await groupAt(broker, group, brokers, left);
  const body = { ...settings, consumeEnable: state === "running" };
  await brokers.write(broker, updateAndCreateSubscriptionGroup, { body }, left());
}
