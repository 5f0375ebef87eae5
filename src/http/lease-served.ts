import { unserved } from "../client/unserved.ts";
import type { Command } from "../commands/command.ts";
import { isMaster } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { formatAddress } from "../transport/address.ts";
import type { Holder } from "./lease-handle.ts";

/**
 * Rejects with `not-supported` where every master of a topic is too old for a command: whoever holds no handle that is
 * any good must hear that there can be none. Rejects as {@link Brokers.routeOf} where there is no such topic.
 */
export async function mustServeLeases(
  { topic }: Holder,
  command: Pick<Command, "name" | "servedBy" | "instead">,
  brokers: Brokers,
): Promise<void> {
  const masters = (await brokers.routeOf(topic)).brokers.filter(isMaster);
  const outcomes = await brokers.each(masters, (one, left) => brokers.generation(one, left()));
  const isTooOld = outcomes.every((each) => each.ok && !command.servedBy[each.value]?.includes("broker"));
  const [first] = masters;
  if (isTooOld && first) throw unserved(command, "broker", formatAddress(first));
}
