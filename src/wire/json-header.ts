import { fromUtf8, utf8 } from "../bytes/utf8.ts";
import { Fault, reasonOf } from "../errors.ts";
import { languageName } from "./languages.ts";
import type { ExtFields, RemotingCommand } from "./remoting-command.ts";
import { V4_0_0 } from "./versions.ts";

type Header = Omit<RemotingCommand, "body">;

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
  const header = parseObject(fromUtf8(bytes, "JSON header"));
  return {
    code: int32(header, "code"),
    language: language(header.language),
    version: int32(header, "version"),
    opaque: int32(header, "opaque"),
    flag: int32(header, "flag"),
    remark: remark(header.remark),
    extFields: extFields(header.extFields),
  };
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Fault("undecodable", `Cannot decode JSON header: ${reasonOf(cause)}`, { cause });
  }
  if (!isObject(value)) throw new Fault("undecodable", "Cannot decode JSON header: not an object");
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function int32(header: Record<string, unknown>, name: string): number {
  const value = header[name] ?? 0;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || number !== (number | 0)) {
    throw new Fault("undecodable", `Cannot decode JSON header: ${name} is not a 32-bit integer`);
  }
  return number;
}

function language(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? languageName(value) : "JAVA";
}

function remark(value: unknown): string | null {
  return value === undefined || value === null ? null : String(value);
}

function extFields(value: unknown): ExtFields | null {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) throw new Fault("undecodable", "Cannot decode JSON header: extFields is not an object");
  const entries = Object.entries(value);
  // The common case costs no copy: servers write texts only.
  if (entries.every(([, text]) => typeof text === "string")) return value as ExtFields;
  const texts: [string, string][] = [];
  for (const [name, field] of entries) {
    if (field !== null) texts.push([name, typeof field === "object" ? JSON.stringify(field) : String(field)]);
  }
  return Object.fromEntries(texts);
}
