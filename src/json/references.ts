import { findPath, type PathSearch, pathSearch } from "./reference-path.ts";
import { isContainer, isJsonObject, type JsonContainer, type JsonValue, setMember } from "./value.ts";

/**
 * fastjson 1 writes an object that it has written before as `{"$ref":"<path>"}` (SerialContext.toString):
 *
 *     $                 the root
 *     @                 the array or object that holds the reference
 *     ..                the one that holds that
 *     $.name[2].a\.b    from the root: members, indices and integer keys; 1.2.69 escapes what is no letter or digit,
 *                       1.2.3 does not, so that a name may hold dots and brackets
 *     $.table.null      a key of `table` that is an object, or an item of a Java array: the path says no more
 *
 * A path that leads nowhere is left as it stands: a key-value table may have a key `$ref` of its own.
 */

/** Where a reference stands. */
interface Site {
  readonly path: string;
  readonly holder: JsonContainer;
  readonly parent: JsonContainer | undefined;
}

/**
 * Puts in the place of every reference the very object that it stands for, which is then shared, and may be a cycle.
 *
 * @param paths The objects of the tree that are references, and their paths.
 * @param length Length of the text read; bounds the work.
 */
export function resolveReferences(root: JsonValue, paths: ReadonlyMap<JsonValue, string>, length: number): JsonValue {
  if (!isContainer(root) || paths.has(root)) return root;
  const search = pathSearch(paths, length);
  const targets = new Map<JsonValue, JsonValue>();
  const holders = new Set<JsonContainer>();
  for (const [reference, site] of sitesIn(root, paths)) {
    const target = targetOf(site, root, search);
    if (target === undefined || paths.has(target)) continue;
    targets.set(reference, target);
    holders.add(site.holder);
  }
  for (const holder of holders) replaceIn(holder, (value) => targets.get(value) ?? value);
  return root;
}

function sitesIn(root: JsonContainer, paths: ReadonlyMap<JsonValue, string>): Map<JsonValue, Site> {
  const sites = new Map<JsonValue, Site>();
  const collect = (holder: JsonContainer, parent: JsonContainer | undefined) => {
    for (const child of containersIn(holder)) {
      const path = paths.get(child);
      if (path === undefined) collect(child, holder);
      else sites.set(child, { path, holder, parent });
    }
  };
  collect(root, undefined);
  return sites;
}

function targetOf({ path, holder, parent }: Site, root: JsonContainer, search: PathSearch): JsonValue | undefined {
  if (path === "@") return holder;
  if (path === "..") return parent;
  return path.startsWith("$") ? findPath(search, root, path, 1) : undefined;
}

function replaceIn(holder: JsonContainer, replace: (value: JsonValue) => JsonValue): void {
  if (Array.isArray(holder)) {
    for (const [index, item] of holder.entries()) holder[index] = replace(item);
  } else if (isJsonObject(holder)) {
    for (const [key, value] of Object.entries(holder)) setMember(holder, key, replace(value));
  } else {
    const entries = [...holder];
    holder.clear();
    for (const [key, value] of entries) holder.set(replace(key), replace(value));
  }
}

function containersIn(holder: JsonContainer): JsonContainer[] {
  if (holder instanceof Map) return [...holder].flat().filter(isContainer);
  return (Array.isArray(holder) ? holder : Object.values(holder)).filter(isContainer);
}
