import { deleteTopicInNamesrv } from "../commands/delete-topic-in-namesrv.ts";
import { orNull } from "../discovery/absent.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { NameServers } from "../discovery/name-servers.ts";
import type { Outcome } from "../discovery/outcome.ts";
import { TOPIC_NOT_EXIST } from "../wire/response-codes.ts";
import { V4_9_7 } from "../wire/versions.ts";
import type { Services } from "./services.ts";

/**
 * Makes name servers forget the route of a topic that was deleted from these brokers. While others have it, only the
 * cluster's part of the route is forgotten where all name servers can do that, and else nothing: clients of those
 * others would find no broker until the next registration.
 */
export async function routesForgotten(
  topic: string,
  clusterName: string | undefined,
  deletedFrom: readonly BrokerTarget[],
  { brokers, nameServers }: Pick<Services, "brokers" | "nameServers">,
): Promise<Outcome<unknown>[]> {
  const names = new Set(deletedFrom.map(({ brokerName }) => brokerName));
  const having = (await orNull(brokers.allOf(topic), TOPIC_NOT_EXIST)) ?? [];
  if (having.every(({ brokerName }) => names.has(brokerName))) return nameServers.all(deleteTopicInNamesrv, { topic });
  if (clusterName === undefined || !(await knowClusters(nameServers))) return [];
  return nameServers.all(deleteTopicInNamesrv, { topic, clusterName });
}

/** Whether none of them would overlook the cluster and forget the route in all of them. */
async function knowClusters(nameServers: NameServers): Promise<boolean> {
  return (await nameServers.versions()).every((outcome) => outcome.ok && outcome.value >= V4_9_7);
}
