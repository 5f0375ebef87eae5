import { fromBase64 } from "../bytes/base64.ts";
import { fromUtf8, utf8 } from "../bytes/utf8.ts";
import { Fault, type Violation } from "../errors.ts";
import { parseJson, stringifyJson } from "../json/strict.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json/value.ts";
import type { GivenMessage } from "../sending/spec.ts";
import { headerText } from "./message-headers.ts";

/** CloudEvents 1.0: each attribute becomes a property `ce_NAME`, and the type of the data `content-type`. */

const required = ["specversion", "id", "source", "type"];
const HEADER = "ce-";
const PROPERTY = "ce_";
const JSON_TYPE = "application/json";

/** Whether headers say that the body is the data of an event (binary mode). */
export function isBinaryEvent(headers: Headers): boolean {
  return headers.has(`${HEADER}specversion`);
}

/** What an event in binary mode is as a message, its data aside. Throws `invalid-argument` where it is none. */
export function binaryEvent(headers: Headers): GivenMessage {
  const attributes: Record<string, string> = {};
  for (const [name, value] of headers) {
    if (name.startsWith(HEADER)) attributes[name.slice(HEADER.length)] = headerText(value);
  }
  const violations = problemsOf(attributes, (name) => `header:${HEADER}${name}`);
  if (violations.length > 0) throw noEvent("invalid-argument", violations);
  const type = headers.get("content-type");
  return { properties: { ...propertiesOf(attributes), ...(type !== null && { "content-type": type }) } };
}

/** What an event in JSON is as a message. Throws `invalid-body` where it is none. */
export function structuredEvent(body: Uint8Array): GivenMessage {
  return eventMessage(parseJson(textOf(body)), "");
}

/** The same for a list of events. */
export function structuredEvents(body: Uint8Array): GivenMessage[] {
  const events = parseJson(textOf(body));
  if (!Array.isArray(events)) throw noEvent("invalid-body", [{ pointer: "", detail: "must be a list" }]);
  return events.map((event, index) => eventMessage(event, `/${index}`));
}

function eventMessage(event: JsonValue, at: string): GivenMessage {
  if (!isJsonObject(event)) throw noEvent("invalid-body", [{ pointer: at, detail: "must be an object" }]);
  const { data, data_base64: base64, datacontenttype: type, ...others } = event;
  const attributes = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== null));
  const violations = problemsOf(attributes, (name) => `${at}/${name}`);
  if (type !== undefined && typeof type !== "string") {
    violations.push({ pointer: `${at}/datacontenttype`, detail: "must be a string" });
  }
  if (data !== undefined && base64 !== undefined) {
    violations.push({ pointer: `${at}/data_base64`, detail: "can't be given beside data" });
  }
  const contentType = typeof type === "string" ? type : data === undefined ? undefined : JSON_TYPE;
  const bytes = base64 === undefined ? dataBytes(data, contentType) : base64Bytes(base64);
  // As every message: brokers of 5.x fail without a body.
  if (bytes === undefined) violations.push({ pointer: `${at}/data_base64`, detail: "must be base64" });
  else if (bytes.length === 0)
    violations.push({ pointer: `${at}/data`, detail: "is required, with at least one byte" });
  if (violations.length > 0) throw noEvent("invalid-body", violations);
  const properties = { ...propertiesOf(attributes), ...(contentType !== undefined && { "content-type": contentType }) };
  return { properties, ...(bytes && { bytes }) };
}

/** JSON as JSON, a text of another type as it is (JSON Event Format, 3.1). */
function dataBytes(data: JsonValue | undefined, type = JSON_TYPE): Uint8Array {
  if (data === undefined) return new Uint8Array();
  const isJson = /^[^;]*[/+]json\s*(;|$)/i.test(type);
  return utf8(typeof data === "string" && !isJson ? data : stringifyJson(data));
}

function base64Bytes(data: JsonValue): Uint8Array | undefined {
  try {
    return typeof data === "string" ? fromBase64(data) : undefined;
  } catch {
    return undefined;
  }
}

function problemsOf(attributes: JsonObject, pointerTo: (name: string) => string): Violation[] {
  const missing = required.filter((name) => attributes[name] === undefined || attributes[name] === "");
  const { specversion } = attributes;
  const version = typeof specversion === "string" && specversion !== "" && specversion !== "1.0";
  return [
    ...missing.map((name) => ({ pointer: pointerTo(name), detail: "is required" })),
    ...(version ? [{ pointer: pointerTo("specversion"), detail: "must be 1.0" }] : []),
    ...Object.entries(attributes).flatMap(([name, value]) => {
      const pointer = pointerTo(name);
      if (!/^[a-z0-9]+$/.test(name)) return [{ pointer, detail: "must have a name of a to z and 0 to 9" }];
      return typeof value === "object" ? [{ pointer, detail: "must be a string, a number or a boolean" }] : [];
    }),
  ];
}

function propertiesOf(attributes: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [PROPERTY + name, String(value)]));
}

function noEvent(fault: "invalid-argument" | "invalid-body", violations: readonly Violation[]): Fault {
  const list = violations.map(({ pointer, detail }) => `${pointer || "the body"} ${detail}`).join("; ");
  return new Fault(fault, `Cannot read the event: ${list}`, { violations });
}

function textOf(body: Uint8Array): string {
  try {
    return fromUtf8(body, "the event");
  } catch (cause) {
    throw new Fault("invalid-argument", "Cannot read the event: it is not UTF-8", { cause });
  }
}
