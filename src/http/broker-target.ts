import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import { Int64, Name, type Static, Type } from "../schema/types.ts";

/** Which broker of a name, where the path has the name. */
export const brokerIdQuery = {
  brokerId: Type.Optional(Int64("which broker of the name; default 0, the master", { minimum: 0 })),
};

/** Which brokers: those of a cluster, or one by its name. */
export const brokerQuery = {
  cluster: Type.Optional(Name("the brokers of this cluster")),
  broker: Type.Optional(Name("the broker of this name")),
  ...brokerIdQuery,
};

/** Which brokers a query means. */
export type BrokerQuery = { readonly [K in keyof typeof brokerQuery]?: Static<(typeof brokerQuery)[K]> };

/** What 404 means on a write to brokers. On a GET it goes without saying. */
export const unknownBroker = { 404: "the name servers know no such broker or cluster" };

interface Meaning {
  /** What a cluster stands for; default its masters. */
  readonly members?: "masters" | "all";
  /** Finds the brokers where the query names neither. */
  readonly others: () => Promise<readonly BrokerTarget[]>;
}

/**
 * The brokers that a query means: one by its name, the master unless an id is given, or those of a cluster, or `others`
 * where it names neither. Throws `invalid-argument` where it names both, or an id without its broker.
 */
export async function brokersMeant(
  query: BrokerQuery,
  brokers: Brokers,
  meaning: Meaning,
): Promise<readonly BrokerTarget[]> {
  const { cluster, broker, brokerId } = query;
  if (cluster !== undefined && broker !== undefined) throw notOne("?broker", "can't be given beside ?cluster");
  if (broker === undefined && brokerId !== undefined) throw notOne("?brokerId", "needs ?broker");
  if (broker !== undefined) return [await brokers.named(broker, brokerId)];
  return cluster === undefined ? meaning.others() : brokers[meaning.members ?? "masters"]({ cluster });
}

/** The same for what must name one: a write to every broker there is, for want of a word, would be a surprise. */
export function brokersNamed(
  query: BrokerQuery,
  brokers: Brokers,
  members: Meaning["members"] = "masters",
): Promise<readonly BrokerTarget[]> {
  const others = () => {
    throw notOne("?cluster", "or ?broker is required");
  };
  return brokersMeant(query, brokers, { members, others });
}

function notOne(pointer: string, detail: string): Fault {
  return new Fault("invalid-argument", `Cannot tell which brokers are meant: ${pointer} ${detail}`, {
    violations: [{ pointer, detail }],
    hint: "?cluster= means every master of a cluster; ?broker=, with ?brokerId= beside it or 0, means one broker.",
  });
}
