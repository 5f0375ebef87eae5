import { deleteKvConfig } from "../../commands/delete-kv-config.ts";
import { deleteKvConfigByValue } from "../../commands/delete-kv-config-by-value.ts";
import { getKvConfig } from "../../commands/get-kv-config.ts";
import { getKvConfigByValue } from "../../commands/get-kv-config-by-value.ts";
import { getKvListByNamespace } from "../../commands/get-kv-list-by-namespace.ts";
import { putKvConfig } from "../../commands/put-kv-config.ts";
import { SYSTEM_ERROR } from "../../wire/response-codes.ts";
import { QUERY_NOT_FOUND } from "../codes.ts";
import { type Served, serve } from "../serve.ts";
import type { KvTable } from "../tables/kv.ts";

/** Key-value configuration: 100, 101, 102, 219, and the two of 3.x that look for values, 217 and 218. */
export const kvHandlers: readonly Served[] = [
  serve(putKvConfig, ({ kv }, { header: { namespace, key, value } }) => {
    if (namespace === undefined || key === undefined) {
      return { code: SYSTEM_ERROR, remark: "namespace or key is null" };
    }
    // In a ROCKETMQ header an empty value is no value at all.
    kv.put(namespace, key, value ?? "");
    return undefined;
  }),

  serve(getKvConfig, ({ kv }, { header: { namespace, key } }) => {
    const value = kv.get(namespace, key);
    return value === undefined ? notFound(namespace, key) : { header: { value } };
  }),

  serve(deleteKvConfig, ({ kv }, { header: { namespace, key } }) => {
    kv.delete(namespace, key);
    return undefined;
  }),

  serve(getKvListByNamespace, ({ kv }, { header: { namespace } }) => {
    const entries = kv.entries(namespace);
    return entries
      ? { body: { table: Object.fromEntries(entries) } }
      : { code: QUERY_NOT_FOUND, remark: `No config item, Namespace: ${namespace ?? null}` };
  }),

  serve(getKvConfigByValue, ({ kv }, { header: { namespace, value } }) => {
    const keys = keysWith(kv, namespace, value);
    return keys.length === 0 ? notFound(namespace, value) : { header: { keys: keys.join(";") } };
  }),

  serve(deleteKvConfigByValue, ({ kv }, { header: { namespace, value } }) => {
    for (const key of keysWith(kv, namespace, value)) kv.delete(namespace, key);
    return undefined;
  }),
];

function keysWith(kv: KvTable, namespace: string | undefined, wanted: string | undefined) {
  return [...(kv.entries(namespace) ?? [])].flatMap(([key, value]) => (value === wanted ? [key] : []));
}

/** What isn't there stands in a remark as Java writes it. */
function notFound(namespace: string | undefined, key: string | undefined) {
  return { code: QUERY_NOT_FOUND, remark: `No config item, Namespace: ${namespace ?? null} Key: ${key ?? null}` };
}
