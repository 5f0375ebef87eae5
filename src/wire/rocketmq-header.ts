import { type Reader, reader } from "../bytes/reader.ts";
import { fromUtf8, utf8 } from "../bytes/utf8.ts";
import { type Writer, writer } from "../bytes/writer.ts";
import { Fault } from "../errors.ts";
import { languageByte, languageName } from "./languages.ts";
import type { ExtFields, RemotingCommand } from "./remoting-command.ts";

/*
 * RocketMQSerializable of 4.x and 5.x, big-endian:
 *
 *   0        2      3        5          9       13            17
 *   +--------+------+--------+----------+-------+-------------+--------+--------------+-------------------------------+
 *   | code   | lang | version| opaque   | flag  | remark len  | remark | fields len   | { len16 key, len32 value } ...|
 *   +--------+------+--------+----------+-------+-------------+--------+--------------+-------------------------------+
 */
const MIN_INT16 = -32_768;
const MAX_INT16 = 32_767;
const MAX_KEY_BYTES = MAX_INT16;
const WHAT = "ROCKETMQ header";

/** Encodes a header. Refuses what the layout would truncate, such as a code above 32767: Java sends 200050 as 3442. */
export function encodeRocketmqHeader(command: RemotingCommand): Uint8Array {
  const { code, version } = command;
  if (!fitsInt16(code)) {
    throw new Fault("invalid-argument", `Cannot encode ${WHAT}: code ${code} does not fit in 16 bits`, {
      hint: "Send it with a JSON header.",
    });
  }
  if (!fitsInt16(version)) {
    throw new Fault("invalid-argument", `Cannot encode ${WHAT}: version ${version} does not fit in 16 bits`);
  }
  const language = languageByte(command.language);
  if (language === undefined) {
    throw new Fault("invalid-argument", `Cannot encode ${WHAT}: language ${command.language} has no byte`);
  }
  const out = writer();
  out.i16(code);
  out.u8(language);
  out.i16(version);
  out.i32(command.opaque);
  out.i32(command.flag);
  writeText(out, command.remark ?? "");
  const fields = encodeFields(command.extFields ?? {});
  out.i32(fields.length);
  out.bytes(fields);
  return out.finish();
}

function fitsInt16(value: number): boolean {
  return value >= MIN_INT16 && value <= MAX_INT16;
}

function encodeFields(extFields: ExtFields): Uint8Array {
  const out = writer();
  for (const [name, value] of Object.entries(extFields)) {
    const key = utf8(name);
    if (key.length > MAX_KEY_BYTES) {
      throw new Fault("invalid-argument", `Cannot encode ${WHAT}: a field name of ${key.length} bytes`);
    }
    out.i16(key.length);
    out.bytes(key);
    writeText(out, value);
  }
  return out.finish();
}

function writeText(out: Writer, text: string): void {
  const bytes = utf8(text);
  out.i32(bytes.length);
  out.bytes(bytes);
}

/** Decodes a header. An empty remark, no fields, and a field with an empty value read as null or absent, as in Java. */
export function decodeRocketmqHeader(bytes: Uint8Array): Omit<RemotingCommand, "body"> {
  const input = reader(bytes, WHAT);
  const code = input.i16();
  const language = languageName(input.u8());
  const version = input.i16();
  const opaque = input.i32();
  const flag = input.i32();
  const remarkBytes = input.take(input.i32());
  const remark = remarkBytes.length === 0 ? null : fromUtf8(remarkBytes, "remark");
  const extFields = decodeFields(reader(input.take(input.i32()), "extFields"));
  return { code, language, version, opaque, flag, remark, extFields };
}

const ordinary = { writable: true, enumerable: true, configurable: true };

function decodeFields(input: Reader): ExtFields | null {
  if (input.remaining === 0) return null;
  const fields: Record<string, string> = {};
  while (input.remaining > 0) {
    const name = input.text(input.i16());
    const value = input.text(input.i32());
    if (value === "") continue;
    // A field called __proto__ stays a field.
    if (name === "__proto__") Object.defineProperty(fields, name, { value, ...ordinary });
    else fields[name] = value;
  }
  return fields;
}
