/** What one name server has, by name. */
export interface Table<T> {
  readonly nameServer: string;
  readonly entries: ReadonlyMap<string, T>;
}

/** Something that name servers disagree on. */
export interface Difference<T> {
  readonly name: string;
  /** What each of them has, in their order; null where it has nothing. */
  readonly values: readonly { readonly nameServer: string; readonly value: T | null }[];
}

/**
 * The names whose values differ, or that not all have, sorted. Values are compared by what `essenceOf` leaves of them,
 * whatever the order of lists and members in it: servers keep none.
 */
export function differences<T>(
  tables: readonly Table<T>[],
  essenceOf: (value: T) => unknown = (value) => value,
): Difference<T>[] {
  const names = new Set(tables.flatMap(({ entries }) => [...entries.keys()]));
  return [...names].sort().flatMap((name) => {
    const values = tables.map(({ nameServer, entries }) => ({ nameServer, value: entries.get(name) ?? null }));
    const kinds = new Set(values.map(({ value }) => canonical(value === null ? null : essenceOf(value))));
    return kinds.size > 1 ? [{ name, values }] : [];
  });
}

/** A text that is the same for values that say the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== "object" || value === null)
    return typeof value === "string" ? JSON.stringify(value) : `${value}`;
  const members = Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : [`${JSON.stringify(name)}:${canonical(member)}`],
  );
  return `{${members.sort().join()}}`;
}
