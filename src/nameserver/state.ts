import type { BrokerTable } from "./tables/brokers.ts";
import { type KvTable, kvTable } from "./tables/kv.ts";
import { createSettings, type Settings } from "./tables/settings.ts";
import { type TopicTable, topicTable } from "./tables/topics.ts";

/** All that a name server knows. */
export interface State {
  readonly brokers: BrokerTable;
  readonly topics: TopicTable;
  readonly kv: KvTable;
  readonly settings: Settings;
  /** The clock, epoch milliseconds. */
  readonly now: () => number;
  /** How long a broker lives without a word from it, unless it says otherwise. */
  readonly brokerExpiryMillis: number;
}

/** The state of a server that knows nothing yet. */
export function createState(options: Pick<State, "now" | "brokerExpiryMillis">): State {
  return { brokers: new Map(), topics: topicTable(), kv: kvTable(), settings: createSettings(), ...options };
}
