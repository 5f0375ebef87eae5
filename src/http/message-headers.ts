import { fromUtf8 } from "../bytes/utf8.ts";
import { Fault, type Violation } from "../errors.ts";
import { parseJson } from "../json/strict.ts";
import type { JsonValue } from "../json/value.ts";
import { toInt64 } from "../schema/integer.ts";
import { type TSchema, Type } from "../schema/types.ts";
import { type GivenMessage, messageMembers } from "../sending/spec.ts";
import { memberOf, violationsOf } from "./validate.ts";

const PREFIX = "rocketmq-";
const PROPERTY = "property-";

const Members = Type.Object(messageMembers, { additionalProperties: false });

/** The members of a message by the headers that state them: `rocketmq-delay-time-level` and so on. */
const memberNames: ReadonlyMap<string, string> = new Map(
  Object.keys(messageMembers).map((name) => [name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), name]),
);

/**
 * What headers say of a message whose body is the request's own: `rocketmq-tags`, `rocketmq-property-NAME`, and each
 * other member by its name. Names of headers come in lower case, so `rocketmq-properties`, an object of JSON, is for
 * those where that matters. Throws `invalid-argument` with every violation.
 */
export function statedByHeaders(headers: Headers): GivenMessage {
  const members: Record<string, unknown> = {};
  const properties: Record<string, unknown> = {};
  const violations: Violation[] = [];
  for (const [header, raw] of headers) {
    if (!header.startsWith(PREFIX)) continue;
    const name = header.slice(PREFIX.length);
    const member = memberNames.get(name);
    const value = headerText(raw);
    if (name.startsWith(PROPERTY)) properties[name.slice(PROPERTY.length)] = value;
    else if (name === "properties") Object.assign(properties, objectOf(value, header));
    else if (member !== undefined) members[member] = statedValue(member, value);
    else violations.push({ pointer: `header:${header}`, detail: "is not known here" });
  }
  if (Object.keys(properties).length > 0) members.properties = properties;
  for (const { pointer, detail } of violationsOf(Members, members))
    violations.push({ pointer: named(pointer), detail });
  if (violations.length === 0) return members;
  const list = violations.map(({ pointer, detail }) => `${pointer} ${detail}`).join("; ");
  throw new Fault("invalid-argument", `Cannot read the headers: ${list}`, { violations });
}

/** The header for a member's pointer. */
function named(pointer: string): string {
  const [, member = "", property] = pointer.split("/");
  if (property !== undefined && member === "properties") return `header:${PREFIX}${PROPERTY}${property}`;
  const name = [...memberNames].find(([, each]) => each === member)?.[0] ?? member;
  return `header:${PREFIX}${name}`;
}

function objectOf(text: string, header: string): object {
  const detail = "must be an object of JSON";
  const value = parsed(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Fault("invalid-argument", `Cannot read the headers: ${header} ${detail}`, {
    violations: [{ pointer: memberOf("header:", header).replace("/", ""), detail }],
  });
}

function parsed(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** A text as the member's schema wants it; one that states no such value stays a text, for the schema to refuse. */
function statedValue(member: string, text: string): unknown {
  if (member === "keys") return text.split(/,?\s+/).filter((key) => key !== "");
  if (member === "deliverAt") return text;
  const schema: TSchema = messageMembers[member as keyof typeof messageMembers];
  const isText = "type" in schema && schema.type === "string";
  return isText ? text : (toInt64(text) ?? text);
}

/**
 * The text that a header carries: percent-encoded UTF-8, as CloudEvents has it (HTTP binding, 3.1.3.2), where that is what
 * it is. HTTP hands over each byte beyond ASCII as one character.
 */
export function headerText(value: string): string {
  const text = /[\x80-\xff]/.test(value) ? asUtf8(value) : value;
  return text.replaceAll(/(%[0-9a-fA-F]{2})+/g, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

function asUtf8(value: string): string {
  try {
    return fromUtf8(
      Uint8Array.from(value, (char) => char.charCodeAt(0)),
      "a header",
    );
  } catch {
    return value;
  }
}
