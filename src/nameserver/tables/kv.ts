/** The namespace in which operators order topics: queues by broker, such as `broker-a:4;broker-b:4`, by topic. */
export const ORDER_TOPIC_CONFIG = "ORDER_TOPIC_CONFIG";

/** Requests may leave names out; nothing is ever put under such a one. */
type Name = string | undefined;
type Entries = ReadonlyMap<Name, string>;

/** Key-value entries by namespace, in memory only: they end with the server. */
export interface KvTable {
  get(namespace: Name, key: Name): string | undefined;
  /** Undefined for a namespace that was never used; empty once its last key is gone. */
  entries(namespace: Name): Entries | undefined;
  put(namespace: string, key: string, value: string): void;
  delete(namespace: Name, key: Name): void;
}

export function kvTable(): KvTable {
  const namespaces = new Map<Name, Map<Name, string>>();
  return {
    get: (namespace, key) => namespaces.get(namespace)?.get(key),
    entries: (namespace) => namespaces.get(namespace),
    put(namespace, key, value) {
      const entries = namespaces.get(namespace) ?? new Map<Name, string>();
      namespaces.set(namespace, entries.set(key, value));
    },
    delete(namespace, key) {
      namespaces.get(namespace)?.delete(key);
    },
  };
}
