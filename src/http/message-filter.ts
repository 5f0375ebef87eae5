import { checkClientConfig } from "../commands/check-client-config.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import { everything, type Filter, SQL92, sqlFilter, subscriptionFor, tagFilter } from "../messages/filter.ts";
import { TOOLS_GROUP } from "../messages/pull.ts";

interface FilterQuery {
  readonly tags?: string;
  readonly sql?: string;
}

/** The filter that a query states. Throws `invalid-argument` for two of them. */
export function filterOf({ tags, sql }: FilterQuery): Filter {
  if (tags !== undefined && sql !== undefined) throw notBeside("tags", "sql");
  if (sql !== undefined) return sqlFilter(sql);
  return tags === undefined ? everything : tagFilter(tags);
}

/** The fault for two parameters that exclude each other. */
export function notBeside(name: string, other: string): Fault {
  const detail = `can't be given beside ?${other}`;
  return new Fault("invalid-argument", `Cannot read the request: ?${name} ${detail}`, {
    violations: [{ pointer: `?${name}`, detail }],
  });
}

/**
 * Has a broker compile an expression of SQL, as Java's clients do when they subscribe: to a pull with one that it can't
 * compile it answers every message. Rejects with `refused` (23) then, and with `not-supported` where it knows no SQL.
 */
export async function checkFilter(
  filter: Filter,
  topic: string,
  broker: BrokerTarget,
  brokers: Brokers,
  left?: number,
): Promise<void> {
  if (filter.expressionType !== SQL92) return;
  const subscriptionData = subscriptionFor(topic, filter);
  const body = { clientId: CLIENT, group: TOOLS_GROUP, subscriptionData };
  await brokers.read(broker, checkClientConfig, { body }, left);
}

const CLIENT = "rocketmq-gateway";
