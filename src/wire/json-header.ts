import { fromUtf8, utf8 } from "../bytes/utf8.ts";
import { Fault, reasonOf } from "../errors.ts";
import { read } from "../json/read.ts";
import { stringifyJson } from "../json/strict.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json/value.ts";
import { limits } from "../limits.ts";
import { languageName } from "./languages.ts";
import type { ExtFields, RemotingCommand } from "./remoting-command.ts";
import { V4_0_0 } from "./versions.ts";

type Header = Omit<RemotingCommand, "body">;

const WHAT = "JSON header";
const INTEGER = /^[+-]?[0-9]{1,10}$/;
const exact = { strict: true, fault: "undecodable", maxDepth: limits.maxJsonDepth } as const;

/** Encodes a header with its members in the order in which every generation's fastjson writes them. */
export function encodeJsonHeader(command: RemotingCommand): Uint8Array {
  const { code, extFields, flag, language, opaque, remark, version } = command;
  // Unknown to 3.x, which writes none; later servers write it and go by the frame's own type byte.
  const serializeTypeCurrentRPC = version < V4_0_0 ? undefined : "JSON";
  return utf8(
    JSON.stringify({
      code,
      extFields: extFields ?? undefined,
      flag,
      language,
      opaque,
      remark: remark ?? undefined,
      serializeTypeCurrentRPC,
      version,
    }),
  );
}

/**
 * Decodes a header as leniently as the Java servers do: absent members have defaults, a number may be text or have a
 * fraction of zero, an extFields value may be a number or a boolean, unknown members are ignored. What Java would
 * close the connection for (no object, a number outside 32 bits) is an `undecodable` fault.
 */
export function decodeJsonHeader(bytes: Uint8Array): Header {
  const header = parseObject(fromUtf8(bytes, WHAT));
  return {
    code: int32(header, "code"),
    language: language(header.language),
    version: int32(header, "version"),
    opaque: int32(header, "opaque"),
    flag: int32(header, "flag"),
    remark: textOf(header.remark),
    extFields: extFields(header.extFields),
  };
}

function parseObject(text: string): JsonObject {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Fault("undecodable", `Cannot decode ${WHAT}: ${reasonOf(cause)}`, { cause });
  }
  if (!isJsonObject(value)) throw new Fault("undecodable", `Cannot decode ${WHAT}: not an object`);
  // The exact reader keeps every digit of a number that stands for a text and bounds how deep an object there nests.
  return holdsTexts(value) ? value : (read(text, exact) as JsonObject);
}

/** Whether all that should be text is text, as in everything that servers write. */
function holdsTexts({ remark, extFields }: JsonObject): boolean {
  if (!isText(remark)) return false;
  if (!isJsonObject(extFields)) return isText(extFields);
  for (const name in extFields) if (!isText(extFields[name])) return false;
  return true;
}

/** Whether a member is text or absent. */
function isText(value: JsonValue | undefined): boolean {
  return typeof value === "string" || value === null || value === undefined;
}

function int32(header: JsonObject, name: string): number {
  const value = header[name] ?? 0;
  const number = typeof value === "string" && INTEGER.test(value) ? Number(value) : value;
  if (typeof number !== "number" || number !== (number | 0)) {
    throw new Fault("undecodable", `Cannot decode ${WHAT}: ${name} is not a 32-bit integer`);
  }
  return number | 0;
}

function language(value: JsonValue | undefined): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? languageName(value) : "JAVA";
}

/** Texts as they are, anything else as the JSON that Java makes of it. */
function textOf(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === "string" ? value : stringifyJson(value);
}

function extFields(value: JsonValue | undefined): ExtFields | null {
  if (value === undefined || value === null) return null;
  if (!isJsonObject(value)) throw new Fault("undecodable", `Cannot decode ${WHAT}: extFields is not an object`);
  // The common case costs no copy.
  if (holdsNothingElse(value)) return value;
  const texts = Object.entries(value).map(([name, field]) => [name, textOf(field)] as const);
  return Object.fromEntries(texts.filter((entry): entry is readonly [string, string] => entry[1] !== null));
}

/** Whether every field is a text, and none null. */
function holdsNothingElse(fields: JsonObject): fields is Record<string, string> {
  for (const name in fields) if (typeof fields[name] !== "string") return false;
  return true;
}
