import { getKvListByNamespace } from "../commands/get-kv-list-by-namespace.ts";
import { QUERY_NOT_FOUND } from "../wire/response-codes.ts";
import { orNull } from "./absent.ts";
import type { NameServers } from "./name-servers.ts";

/** The entries of a namespace; none of one that was never used. Rejects as {@link NameServers.read}. */
export async function kvEntries(
  nameServers: NameServers,
  namespace: string,
  timeoutMillis?: number,
): Promise<ReadonlyMap<string, string>> {
  const reply = await orNull(nameServers.read(getKvListByNamespace, { namespace }, timeoutMillis), QUERY_NOT_FOUND);
  return new Map(Object.entries(reply?.body?.table ?? {}));
}

/** The entries that have a value. */
export function withValue(entries: Iterable<readonly [string, string]>, value: string): (readonly [string, string])[] {
  return [...entries].filter(([, each]) => each === value);
}
