import { fromUtf8, utf8 } from "../bytes/utf8.ts";
import { parseDialect } from "../json/dialect.ts";
import type { JsonValue } from "../json/value.ts";
import { stringifyDialect } from "../json/write-dialect.ts";
import type { Static, TSchema } from "../schema/types.ts";
import { V4_0_0 } from "../wire/versions.ts";
import type { BodyCodec, BodyContext } from "./codec.ts";

/** Members that 3.x misspells on the wire, by the name that every later generation gives them. */
const spellingsOfV3: Readonly<Record<string, string>> = { timestamp: "timestatmp", topicSysFlag: "topicSynFlag" };

/** Members whose keys are numbers: fastjson writes them bare, except where it was asked for standard JSON. */
const integerKeyed = new Set(["brokerAddrs"]);

/**
 * A body of JSON in the dialect that the other side speaks. Values have the spelling of the newest generation; what the
 * schema says of them is documentation, since servers add members as they grow.
 */
export function jsonBody<S extends TSchema>(schema: S, misspelled: readonly string[] = []): BodyCodec<Static<S>> {
  const toV3 = new Map(misspelled.map((name) => [name, spellingsOfV3[name] as string]));
  const fromV3 = new Map([...toV3].map(([name, old]) => [old, name]));
  return {
    schema,
    encode(value, context) {
      const names = context.version < V4_0_0 ? toV3 : noNames;
      const dialect = mapMembers(value as JsonValue, names, !context.standardJson);
      return utf8(stringifyDialect(dialect, { integerKeys: context.standardJson ? "quoted" : "bare" }));
    },
    decode(bytes, context) {
      const value = parseDialect(fromUtf8(bytes, "body"));
      return (wantsRenaming(context, fromV3) ? mapMembers(value, fromV3, false) : value) as Static<S>;
    },
  };
}

const noNames: ReadonlyMap<string, string> = new Map();

function wantsRenaming(context: BodyContext, names: ReadonlyMap<string, string>): boolean {
  return names.size > 0 && context.version < V4_0_0;
}

/** The value with its members renamed, and with bare integer keys as a Map where the dialect has them. */
function mapMembers(value: JsonValue, names: ReadonlyMap<string, string>, bareKeys: boolean): JsonValue {
  if (Array.isArray(value)) return value.map((item) => mapMembers(item, names, bareKeys));
  if (typeof value !== "object" || value === null || value instanceof Map) return value;
  const members = Object.entries(value).map(([name, member]): [string, JsonValue] => {
    const mapped = mapMembers(member, names, bareKeys);
    return [names.get(name) ?? name, bareKeys && integerKeyed.has(name) ? withIntegerKeys(mapped) : mapped];
  });
  return Object.fromEntries(members);
}

function withIntegerKeys(value: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Map) return value;
  return new Map(Object.entries(value).map(([key, member]): [JsonValue, JsonValue] => [BigInt(key), member]));
}
