import { isContainer, isJsonObject, type JsonContainer, type JsonValue } from "./value.ts";

/** Steps of the search for each character of the text. Only names full of dots cost more than one. */
const stepsPerCharacter = 64;

/** What the searches for all the paths of a text share. */
export interface PathSearch {
  /** The objects that are references themselves. */
  readonly references: ReadonlyMap<JsonValue, string>;
  /** What {@link namelessIn} found, by node. */
  readonly nameless: Map<JsonContainer, JsonValue | undefined>;
  /** Left for all of them, so that hostile paths take linear time: then the rest are not found. */
  steps: number;
}

/** @param length Length of the text read. */
export function pathSearch(references: ReadonlyMap<JsonValue, string>, length: number): PathSearch {
  return { references, nameless: new Map(), steps: length * stepsPerCharacter };
}

/** What a path leads to from a node, starting at the offset `at` of the path; undefined when it leads nowhere. */
export function findPath(search: PathSearch, node: JsonValue, path: string, at: number): JsonValue | undefined {
  if (at === path.length) return node;
  if (!isContainer(node)) return undefined;
  if (path[at] === "[") return findIndex(search, node, path, at + 1);
  return path[at] === "." ? findName(search, node, path, at + 1) : undefined;
}

function findIndex(search: PathSearch, node: JsonContainer, path: string, start: number): JsonValue | undefined {
  const end = path.indexOf("]", start);
  if (!spend(search, (end < 0 ? path.length : end) - start) || end < 0) return undefined;
  const child = memberOf(node, path.slice(start, end));
  return child === undefined ? undefined : findPath(search, child, path, end + 1);
}

/** Tries every end that the name can have, the nearest first: an unescaped one may go on behind a dot or bracket. */
function findName(search: PathSearch, node: JsonContainer, path: string, start: number): JsonValue | undefined {
  for (let end = nameEnd(path, start); spend(search, end - start + 1); end = nameEnd(path, end + 1)) {
    const name = unescaped(path.slice(start, end));
    const child = memberOf(node, name) ?? (name === "null" ? namelessIn(search, node) : undefined);
    const found = child === undefined ? undefined : findPath(search, child, path, end);
    if (found !== undefined || end === path.length) return found;
  }
  return undefined;
}

function nameEnd(path: string, from: number): number {
  let at = from;
  while (at < path.length && path[at] !== "." && path[at] !== "[") at += path[at] === "\\" ? 2 : 1;
  return Math.min(at, path.length);
}

function unescaped(name: string): string {
  if (!name.includes("\\")) return name;
  let result = "";
  for (let at = 0; at < name.length; at++) result += name[at] === "\\" ? (name[++at] ?? "\\") : name[at];
  return result;
}

function spend(search: PathSearch, steps: number): boolean {
  search.steps -= steps;
  return search.steps >= 0;
}

function memberOf(node: JsonContainer, key: string): JsonValue | undefined {
  if (node instanceof Map) return node.get(key);
  if (Array.isArray(node)) return String(Number(key)) === key ? node[Number(key)] : undefined;
  return Object.hasOwn(node, key) ? node[key] : undefined;
}

/** The one object that has no name in a path, when there is just one. */
function namelessIn({ nameless, references }: PathSearch, node: JsonContainer): JsonValue | undefined {
  if (isJsonObject(node)) return undefined;
  if (!nameless.has(node)) {
    const candidates = Array.from(node instanceof Map ? node.keys() : node);
    const found = candidates.filter((value) => isContainer(value) && !references.has(value));
    nameless.set(node, found.length === 1 ? found[0] : undefined);
  }
  return nameless.get(node);
}
