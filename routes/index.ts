import type { Route } from "../src/http/route.ts";
import { about } from "./about.ts";
import { brokers } from "./brokers.ts";
import { clusters } from "./clusters.ts";
import { codesOf } from "./codes.ts";
import { docs } from "./docs.ts";
import { frames } from "./frames.ts";
import { invoke } from "./invoke.ts";
import { kv } from "./kv.ts";
import { metrics } from "./metrics.ts";
import { nameServerConfig } from "./name-server-config.ts";
import { nameServerDiff } from "./name-server-diff.ts";
import { nameServers } from "./name-servers.ts";
import { openapi } from "./openapi.ts";
import { registrations } from "./registrations.ts";
import { topicLists } from "./topic-lists.ts";
import { topics } from "./topics.ts";
import { writePermission } from "./write-permission.ts";

const operations: readonly Route[] = [
  ...about,
  ...metrics,
  ...brokers,
  ...registrations,
  ...writePermission,
  ...clusters,
  ...topicLists,
  ...topics,
  ...kv,
  ...nameServers,
  ...nameServerConfig,
  ...nameServerDiff,
  ...frames,
  ...invoke,
];

const described: readonly Route[] = [...operations, ...codesOf(operations), ...docs];

/** Every operation of the API. */
export const routes: readonly Route[] = [...described, openapi(described)];
