import type { Connection } from "../body/connection.ts";
import { ConsumerConnection } from "../body/consumer-connection.ts";
import { getConsumerListByGroup } from "../commands/get-consumer-list-by-group.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import { Int32, type Static, Type } from "../schema/types.ts";
import { gatheredAnswer, isAbsent, type Part } from "./gathered.ts";

const clientId = Type.String({ description: "client" });

/** A client that is connected to brokers. */
export const ClientRow = Type.Object({
  clientId,
  clientAddr: Type.String({ description: "its address as the first of the brokers sees it, host:port" }),
  language: Type.String({ description: "language of the client, such as JAVA" }),
  version: Int32("its version, as the ordinal of MQVersion"),
  connections: Type.Array(
    Type.Object({
      brokerName: Type.String({ description: "broker name" }),
      clientAddr: Type.String({ description: "its address as that broker sees it, host:port" }),
    }),
    { description: "the brokers that it is connected to" },
  ),
});
type ClientRow = Static<typeof ClientRow>;

const { connectionSet: _set, ...agreed } = ConsumerConnection.properties;

/** The clients of a consumer group and what they agreed upon, or their ids alone. */
export const GroupClients = Type.Object({
  data: Type.Array(Type.Union([ClientRow, Type.Object({ clientId })])),
  next: Type.Null(),
  ...Type.Partial(Type.Object(agreed)).properties,
});

/** The clients that brokers have, each once, in the order of their ids. */
export function clientRows(parts: readonly Part<readonly Connection[]>[]): ClientRow[] {
  const rows = new Map<string, ClientRow & { connections: ClientRow["connections"] }>();
  for (const { broker, value } of parts) {
    for (const { clientId, clientAddr, language, version } of value) {
      const row = rows.get(clientId) ?? { clientId, clientAddr, language, version, connections: [] };
      row.connections.push({ brokerName: broker.brokerName, clientAddr });
      rows.set(clientId, row);
    }
  }
  return [...rows.values()].sort((one, other) => (one.clientId < other.clientId ? -1 : 1));
}

/** What brokers say of a group: its clients, and of each topic the newest subscription. */
export function groupClients(parts: readonly Part<ConsumerConnection>[]): Static<typeof GroupClients> {
  const [first] = parts;
  const { connectionSet: _, subscriptionTable: __, ...rest } = first?.value ?? {};
  const newest: ConsumerConnection["subscriptionTable"] = {};
  for (const { value } of parts) {
    for (const [topic, subscription] of Object.entries(value.subscriptionTable)) {
      const known = Object.hasOwn(newest, topic) ? newest[topic] : undefined;
      if (known === undefined || known.subVersion < subscription.subVersion) newest[topic] = subscription;
    }
  }
  const data = clientRows(parts.map(({ broker, value }) => ({ broker, value: value.connectionSet })));
  return { data, next: null, subscriptionTable: newest, ...rest };
}

/** The ids alone. */
export function clientIds(parts: readonly Part<readonly string[]>[]): Static<typeof GroupClients> {
  const ids = new Set(parts.flatMap(({ value }) => value));
  return { data: [...ids].sort().map((clientId) => ({ clientId })), next: null };
}

export interface GroupClient {
  readonly group: string;
  readonly client: string;
}

/** One of the brokers, to which a client of a group is connected. Throws `not-found` where none of them is. */
export async function brokerOf(
  { group, client }: GroupClient,
  targets: readonly BrokerTarget[],
  brokers: Brokers,
): Promise<BrokerTarget> {
  const outcomes = await brokers.readEach(targets, getConsumerListByGroup, { consumerGroup: group });
  const found = outcomes.find((outcome) => outcome.ok && outcome.value.body?.consumerIdList.includes(client));
  if (found) return found.broker;
  const failed = outcomes.filter((outcome) => !outcome.ok && !isAbsent(outcome));
  if (failed.length > 0) gatheredAnswer(failed, () => ({}));
  throw new Fault("not-found", `Cannot find client ${client}: no broker has it as a consumer of group ${group}`, {
    hint: "GET /groups/{group}/clients tells who is connected.",
  });
}
