import { fromUtf8, utf8 } from "../bytes/utf8.ts";
import { type Static, Type } from "../schema/types.ts";
import type { BodyCodec } from "./codec.ts";

/** Properties of a server, as texts by name. */
export const Properties = Type.Record(Type.String(), Type.String());
export type Properties = Static<typeof Properties>;

/** The `key=value` lines in which servers give and take their properties (MixAll.properties2String). */
export const propertiesText: BodyCodec<Properties> = {
  schema: Properties,
  encode: (properties) =>
    utf8(
      Object.entries(properties)
        .map(([key, value]) => `${escapeText(key, true)}=${escapeText(value, false)}\n`)
        .join(""),
    ),
  decode: (bytes) => Object.fromEntries(fromUtf8(bytes, "properties").split("\n").flatMap(parseLine)),
};

function parseLine(line: string): [string, string][] {
  const text = line.trim();
  const equals = text.indexOf("=");
  if (text === "" || text.startsWith("#") || equals < 0) return [];
  return [[text.slice(0, equals).trim(), text.slice(equals + 1).trim()]];
}

/** What java.util.Properties would read otherwise: a line end would begin a property of its own. */
function escapeText(text: string, isKey: boolean): string {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
  return isKey ? escaped.replaceAll("=", "\\=").replaceAll(":", "\\:").replaceAll(" ", "\\ ") : escaped;
}
