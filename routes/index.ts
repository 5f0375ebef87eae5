import type { Route } from "../src/http/route.ts";
import { about } from "./about.ts";
import { brokers } from "./brokers.ts";
import { clusters } from "./clusters.ts";
import { kv } from "./kv.ts";
import { registrations } from "./registrations.ts";
import { topics } from "./topics.ts";

/** Every operation of the API. */
export const routes: readonly Route[] = [...about, ...brokers, ...registrations, ...clusters, ...topics, ...kv];
