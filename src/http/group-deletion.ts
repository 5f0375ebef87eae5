import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import { groupAt } from "./group-table.ts";

/**
 * The field of DELETE_SUBSCRIPTIONGROUP by which a broker deletes the offsets of the group too: its name changed with
 * 5.0. Throws `not-supported` where a broker is too old for it.
 */
export async function offsetsToo(broker: BrokerTarget, brokers: Brokers, timeoutMillis: number) {
  const generation = await brokers.generation(broker, timeoutMillis);
  if (generation === "5.5.0") return { cleanOffset: true };
  if (generation === "4.9.7") return { removeOffset: true };
  throw new Fault("not-supported", `Cannot delete offsets at broker ${broker.brokerName}: brokers do since 4.9`, {
    target: broker.address,
    hint: "Leave ?cleanOffset out.",
  });
}

/**
 * Throws `conflict` where a broker has a group that it has just deleted: 5.5.0 then looks whether the group was one of
 * lite topics, and by that look makes it anew where groups are made on demand.
 */
export async function mustBeGone(group: string, broker: BrokerTarget, brokers: Brokers, left: () => number) {
  if ((await brokers.generation(broker, left())) !== "5.5.0") return;
  const found = await groupAt(broker, group, brokers, left).catch((error: unknown) => {
    if (error instanceof Fault && error.fault === "not-found") return null;
    throw error;
  });
  if (found === null) return;
  const message = `Cannot delete group ${group}: broker ${broker.brokerName} made it anew, with initial settings`;
  throw new Fault("conflict", message, {
    target: broker.address,
    hint: "With ?cleanOffset=true it stays deleted, but its offsets are deleted too.",
  });
}
