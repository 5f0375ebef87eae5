import { formatAddress } from "../transport/address.ts";
import type { BrokerTarget } from "./broker-target.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";

/** What came of asking one broker. */
export type BrokerOutcome<T> = Outcome<T> & { readonly broker: BrokerTarget };

/** Runs one attempt at a broker and tells how it ended; never rejects. */
export async function brokerOutcomeOf<T>(broker: BrokerTarget, attempt: () => Promise<T>): Promise<BrokerOutcome<T>> {
  return { ...(await outcomeOf(formatAddress(broker), attempt)), broker };
}
