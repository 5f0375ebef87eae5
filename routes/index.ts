import type { Route } from "../src/http/route.ts";
import { about } from "./about.ts";
import { brokerCleanups } from "./broker-cleanups.ts";
import { brokerConfig } from "./broker-config.ts";
import { brokerOffsetRoutes } from "./broker-offsets.ts";
import { brokerRuntime } from "./broker-runtime.ts";
import { brokerTopics } from "./broker-topics.ts";
import { brokers } from "./brokers.ts";
import { clusters } from "./clusters.ts";
import { codesOf } from "./codes.ts";
import { docs } from "./docs.ts";
import { filterServers } from "./filter-servers.ts";
import { frames } from "./frames.ts";
import { groupClientRoutes } from "./group-clients.ts";
import { groupLocks } from "./group-locks.ts";
import { groupOffsetRoutes } from "./group-offsets.ts";
import { groupProgress } from "./group-progress.ts";
import { groupStates } from "./group-state.ts";
import { groups } from "./groups.ts";
import { invoke } from "./invoke.ts";
import { kv } from "./kv.ts";
import { leases } from "./leases.ts";
import { messageConsumers } from "./message-consumers.ts";
import { messageStream } from "./message-stream.ts";
import { messages } from "./messages.ts";
import { messagesSend } from "./messages-send.ts";
import { metrics } from "./metrics.ts";
import { nameServerConfig } from "./name-server-config.ts";
import { nameServerDiff } from "./name-server-diff.ts";
import { nameServers } from "./name-servers.ts";
import { offsetChanges } from "./offset-changes.ts";
import { openapi } from "./openapi.ts";
import { producerGroups } from "./producer-groups.ts";
import { queues } from "./queues.ts";
import { registrations } from "./registrations.ts";
import { sessions } from "./sessions.ts";
import { topicConfig } from "./topic-config.ts";
import { topicLists } from "./topic-lists.ts";
import { topicStats } from "./topic-stats.ts";
import { topics } from "./topics.ts";
import { transactions } from "./transactions.ts";
import { writePermission } from "./write-permission.ts";

const operations: readonly Route[] = [
  ...about,
  ...metrics,
  ...brokers,
  ...registrations,
  ...writePermission,
  ...brokerRuntime,
  ...brokerConfig,
  ...brokerCleanups,
  ...brokerTopics,
  ...brokerOffsetRoutes,
  ...filterServers,
  ...clusters,
  ...topicLists,
  ...topics,
  ...topicConfig,
  ...queues,
  ...topicStats,
  ...messages,
  ...messageStream,
  ...messageConsumers,
  ...messagesSend,
  ...transactions,
  ...groups,
  ...groupStates,
  ...groupClientRoutes,
  ...groupLocks,
  ...groupOffsetRoutes,
  ...groupProgress,
  ...offsetChanges,
  ...leases,
  ...producerGroups,
  ...kv,
  ...nameServers,
  ...nameServerConfig,
  ...nameServerDiff,
  ...frames,
  ...invoke,
  ...sessions,
];

const described: readonly Route[] = [...operations, ...codesOf(operations), ...docs];

/** Every operation of the API. */
export const routes: readonly Route[] = [...described, openapi(described)];
