import { read } from "./read.ts";
import type { JsonValue } from "./value.ts";

export interface ParseDialectOptions {
  /** How deep arrays and objects may nest. Default 256; the reader recurses, so stay below some 1,000. */
  readonly maxDepth?: number;
}

/**
 * Parses what fastjson 1 and 2 write into bodies: JSON, and besides
 *
 *     {0:"a",-1:"b"}  {null:1}  {a:1}     bare keys: members named by their very characters
 *     {{"topic":"T"}:0}  {[1]:0}          whole objects and arrays as keys: the object becomes a Map
 *     {"a":{…},"b":{"$ref":"$.a"}}        the same object twice; also a cycle, which the writers refuse
 *     'a'  "\v \0 \x41 \'"                single quotes, escapes of Java; control characters as they are
 *     NaN  Infinity  -Infinity            [1,]  one comma too many       a byte order mark
 *
 * and no more: fastjson itself reads comments, `1L`, `01` and `Set[1]` too, but never writes them here. Of equal keys
 * the last one counts. In a Map the keys that are no objects are strings.
 *
 * @throws {Fault} `undecodable`: "Cannot parse JSON: unexpected "x" at offset 7".
 */
export function parseDialect(text: string, options: ParseDialectOptions = {}): JsonValue {
  return read(text, { strict: false, fault: "undecodable", maxDepth: options.maxDepth ?? 256 });
}
