import { fromUtf8, utf8 } from "../bytes/utf8.ts";
import { type Static, Type } from "../schema/types.ts";
import type { BodyCodec } from "./codec.ts";

/** Properties of a server, as texts by name. */
export const Properties = Type.Record(Type.String(), Type.String());
export type Properties = Static<typeof Properties>;

/**
 * The `key=value` lines in which servers give and take their properties. Java reads them with Properties.load, so they
 * are written as that wants them (MixAll.string2Properties); it writes them as they are, so nothing is unescaped here
 * (MixAll.properties2String): a backslash in an answer is one.
 */
export const propertiesText: BodyCodec<Properties> = {
  schema: Properties,
  encode: (properties) => utf8(Object.entries(properties).map(lineOf).join("")),
  decode: (bytes) => Object.fromEntries(fromUtf8(bytes, "properties").split("\n").flatMap(parseLine)),
};

function parseLine(line: string): [string, string][] {
  const text = line.trim();
  const equals = text.indexOf("=");
  if (text.startsWith("#") || equals < 0) return [];
  return [[text.slice(0, equals).trim(), text.slice(equals + 1).trim()]];
}

function lineOf([key, value]: [string, string]): string {
  // A sign of these ends a key or makes a comment of it; a blank before a value would be skipped.
  const name = escapeText(key).replace(/[=:#! ]/g, "\\$&");
  return `${name}=${escapeText(value).replace(/^ /, "\\ ")}\n`;
}

/** Properties.load takes each byte for a character of Latin-1, so anything beyond ASCII goes as `\uXXXX`. */
function escapeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replace(/[^\x20-\x7e]/g, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
