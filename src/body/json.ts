import { fromUtf8, utf8 } from "../bytes/utf8.ts";
import { parseDialect } from "../json/dialect.ts";
import { parseStandard } from "../json/standard.ts";
import type { JsonValue } from "../json/value.ts";
import { stringifyDialect } from "../json/write-dialect.ts";
import type { Static, TSchema } from "../schema/types.ts";
import { V4_0_0 } from "../wire/versions.ts";
import type { BodyCodec, BodyContext } from "./codec.ts";
import { conformsTo } from "./conforms.ts";
import { fromWire } from "./from-wire.ts";
import { shapeOf } from "./shape.ts";
import { toWire } from "./to-wire.ts";

/** Members that 3.x misspells on the wire, by the name that every later generation gives them. */
const spellingsOfV3 = { timestamp: "timestatmp", topicSysFlag: "topicSynFlag" } as const;

const noNames: ReadonlyMap<string, string> = new Map();

/**
 * A body of JSON in the dialect that the other side speaks. Values have the spelling of the newest generation, and
 * only `misspelled` members have another one in 3.x. Members that the schema doesn't know are kept, since servers add
 * some as they grow; a required member may still be absent unless it is a map or a list.
 */
export function jsonBody<S extends TSchema>(
  schema: S,
  misspelled: readonly (keyof typeof spellingsOfV3)[] = [],
): BodyCodec<Static<S>> {
  const shape = shapeOf(schema);
  const toV3 = new Map<string, string>(misspelled.map((name) => [name, spellingsOfV3[name]]));
  const fromV3 = new Map([...toV3].map(([name, old]) => [old, name]));
  const isAsWanted = conformsTo(shape, fromV3);
  return {
    schema,
    encode(value, context) {
      const wire = toWire(shape, value as JsonValue, isV3(context) ? toV3 : noNames);
      return utf8(stringifyDialect(wire, { integerKeys: context.standardJson ? "quoted" : "bare" }));
    },
    decode(bytes, context) {
      const text = fromUtf8(bytes, "body");
      const standard = parseStandard(text);
      // The engine's own parser is the fastest, as far as it goes.
      if (isAsWanted(standard)) return standard as Static<S>;
      return fromWire(shape, parseDialect(text), isV3(context) ? fromV3 : noNames) as Static<S>;
    },
  };
}

function isV3({ version }: BodyContext): boolean {
  return version < V4_0_0;
}
