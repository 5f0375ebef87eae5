import type { MessageProperties } from "../body/message-properties.ts";
import { epochMillisOf, NO_SUCH_DAY } from "../schema/moment.ts";
import type { GivenMessage } from "./spec.ts";

/** What puts off the delivery of a message. */
export interface Delay {
  readonly properties: MessageProperties;
  readonly isDelayed: boolean;
  /** Whether brokers know it since 5.0 only. */
  readonly isTimed: boolean;
}

/** The members that say it. Brokers take the first that they find and are silent on the others. */
const members = ["delayTimeLevel", "deliverAt", "deliverAfterMillis"] as const;

/** The delay that a message states; `wrong` hears of what is wrong with it. */
export function delayOf(given: GivenMessage, wrong: (member: string, detail: string) => void): Delay {
  const [first, ...others] = members.filter((member) => given[member] !== undefined);
  for (const member of others) wrong(member, `can't be given beside ${first}`);
  const { delayTimeLevel = 0, deliverAt, deliverAfterMillis } = given;
  const properties: MessageProperties = {};
  if (delayTimeLevel > 0) properties.DELAY = String(delayTimeLevel);
  if (deliverAfterMillis !== undefined) properties.TIMER_DELAY_MS = String(deliverAfterMillis);
  if (deliverAt !== undefined) {
    const millis = typeof deliverAt === "string" ? epochMillisOf(deliverAt) : deliverAt;
    if (millis === undefined) wrong("deliverAt", NO_SUCH_DAY);
    else properties.TIMER_DELIVER_MS = String(millis);
  }
  const isTimed = deliverAt !== undefined || deliverAfterMillis !== undefined;
  return { properties, isDelayed: isTimed || delayTimeLevel > 0, isTimed };
}
