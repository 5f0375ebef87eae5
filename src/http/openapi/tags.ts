import type { Route } from "../route.ts";
import type { Tag } from "./types.ts";

/** The resources of the API by the beginning of their paths; the longest one that fits counts. */
const resources: readonly (readonly [start: string, name: string, description: string])[] = [
  ["/brokers/register", "registrations", "Brokers that are registered through the gateway, and held while it runs"],
  ["/brokers/registrations", "registrations", ""],
  ["/brokers/unregister", "registrations", ""],
  ["/brokers/data-version", "registrations", ""],
  ["/clusters", "clusters", "Clusters and their brokers, as the name servers know them"],
  ["/brokers", "brokers", "Brokers with the addresses of their masters and slaves"],
  ["/filter-servers", "brokers", ""],
  ["/topics", "topics", "Topics, where they are, and what is in them"],
  ["/kv", "kv", "Key-value configuration, kept by every name server"],
  ["/name-servers", "name-servers", "The name servers themselves"],
  ["/messages", "messages", "Messages by their ids"],
  ["/groups", "groups", "Consumer groups and their offsets"],
  ["/producer-groups", "groups", ""],
  ["/sessions", "sessions", "Clients that the gateway stands in for"],
  ["/transactions", "transactions", "Half messages and what becomes of them"],
  ["/invoke", "protocol", "The protocol itself: any command, frames and codes"],
  ["/frames", "protocol", ""],
  ["/codes", "protocol", ""],
  ["/response-codes", "protocol", ""],
  ["/", "gateway", "The gateway itself"],
];

/** The resource that a path belongs to. */
export function tagOf({ path }: Pick<Route, "path">): string {
  const starts = resources.filter(([start]) => start === "/" || path === start || path.startsWith(`${start}/`));
  const [longest] = starts.sort(([a], [b]) => b.length - a.length);
  return longest?.[1] ?? "gateway";
}

/** The resources of these routes. */
export function tagsOf(routes: readonly Route[]): Tag[] {
  const used = new Set(routes.map(tagOf));
  const first = resources.filter(([, name, description]) => description !== "" && used.has(name));
  return first.map(([, name, description]) => ({ name, description }));
}
