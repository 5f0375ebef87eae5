import { utf8 } from "../bytes/utf8.ts";
import { Fault, type Violation } from "../errors.ts";
import { type Static, Type } from "../schema/types.ts";

const NAME_END = "\u0001";
const VALUE_END = "\u0002";
/** Either of them would end a name or a value. */
const ANY_TEXT = "^[^\\u0001\\u0002]*$";
const ANY_NAME = "^[^\\u0001\\u0002]+$";
/** A record has two bytes for their length, with a sign; brokers answer code 13 to more. */
const MAX_PROPERTIES_BYTES = 32_767;

/** The properties of a message by name, as a caller may state them. */
export const MessageProperties = Type.Record(Type.String({ pattern: ANY_NAME }), Type.String({ pattern: ANY_TEXT }), {
  description: "properties of the message; an empty value is as good as none",
  additionalProperties: false,
});
export type MessageProperties = Static<typeof MessageProperties>;

/**
 * The text that properties travel as: name, U+0001, value, U+0002, and so on (MessageDecoder.messageProperties2String).
 * Throws `invalid-argument` where a name or a value has one of these characters or a name has none at all, and for more
 * text than a record has room for.
 */
export function propertiesToText(properties: MessageProperties): string {
  const entries = Object.entries(properties);
  const violations = entries.flatMap(([name, value]) => problemsOf(name, value));
  if (violations.length > 0) {
    throw new Fault("invalid-argument", "Cannot write properties: U+0001 and U+0002 separate them", { violations });
  }
  const text = entries.map(([name, value]) => `${name}${NAME_END}${value}${VALUE_END}`).join("");
  const { length } = utf8(text);
  if (length <= MAX_PROPERTIES_BYTES) return text;
  const detail = `must be at most ${MAX_PROPERTIES_BYTES} bytes in all, is ${length}`;
  throw new Fault("invalid-argument", `Cannot write properties: they are ${length} bytes`, {
    violations: [{ pointer: "/properties", detail }],
  });
}

function problemsOf(name: string, value: string): Violation[] {
  const pointer = `/properties/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  const nameProblem = { pointer, detail: "must have a name without U+0001 and U+0002" };
  const valueProblem = { pointer, detail: "must not have U+0001 or U+0002 in it" };
  return [...(name === "" || separates(name) ? [nameProblem] : []), ...(separates(value) ? [valueProblem] : [])];
}

function separates(text: string): boolean {
  return text.includes(NAME_END) || text.includes(VALUE_END);
}

/**
 * The properties that a text says. What has no name or no value is none, and the last of one name counts, as in Java
 * (MessageDecoder.string2messageProperties); the end of the last value may be left out, as 4.x does.
 */
export function propertiesFromText(text: string): MessageProperties {
  const entries: [string, string][] = [];
  for (const part of text.split(VALUE_END)) {
    const end = part.indexOf(NAME_END);
    if (end > 0 && end < part.length - 1) entries.push([part.slice(0, end), part.slice(end + 1)]);
  }
  return Object.fromEntries(entries);
}
