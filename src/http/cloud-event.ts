import { bodyBytes, type Message } from "../body/message.ts";
import { toBase64 } from "../bytes/base64.ts";
import { utf8 } from "../bytes/utf8.ts";
import { parseJson, stringifyJson } from "../json/strict.ts";
import { type JsonObject, type JsonValue, setMember } from "../json/value.ts";

/** The JSON form of one CloudEvent (CloudEvents 1.0, JSON Event Format). */
export const CLOUD_EVENT = "application/cloudevents+json";

const PREFIX = "ce_";
const CONTENT_TYPE = "content-type";
/** Members of the form that the message itself says. */
const reserved: ReadonlySet<string> = new Set(["data", "data_base64", "datacontenttype"]);
const required = ["specversion", "id", "source", "type"];

/**
 * The CloudEvent that a message carries: its attributes in properties `ce_NAME`, the type of its data in
 * `content-type`. Undefined for a message that is none.
 */
export function cloudEventOf(message: Message): Uint8Array<ArrayBuffer> | undefined {
  const event: JsonObject = {};
  for (const [name, value] of Object.entries(message.properties)) {
    const attribute = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : "";
    if (attribute !== "" && !reserved.has(attribute)) setMember(event, attribute, value);
  }
  if (!required.every((name) => Object.hasOwn(event, name))) return undefined;
  const type = message.properties[CONTENT_TYPE];
  if (type !== undefined) event.datacontenttype = type;
  return utf8(stringifyJson({ ...event, ...dataOf(message, type) }));
}

/** The data: what JSON says, a text as it is, all else in base64. */
function dataOf(message: Message, type: string | undefined): JsonObject {
  const { body } = message;
  if (body === undefined) return { data_base64: toBase64(bodyBytes(message)) };
  if (body === "") return {};
  // Without a type, data is JSON (3.1.1 of the format).
  if (type !== undefined && !isJson(type)) return { data: body };
  const data = parsed(body);
  return data === undefined ? { data_base64: toBase64(utf8(body)) } : { data };
}

function isJson(type: string): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(type);
}

function parsed(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
