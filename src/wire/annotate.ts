import { toHex } from "../bytes/hex.ts";
import { reader } from "../bytes/reader.ts";
import { fromUtf8 } from "../bytes/utf8.ts";
import { decodeFrame, LENGTH_BYTES, serializeTypes } from "./frame.ts";
import { languageName } from "./languages.ts";

/** One field of a frame: where it stands, its bytes, and what they say. */
export interface AnnotatedField {
  /** Bytes from the start of the frame. */
  readonly offset: number;
  readonly length: number;
  readonly field: string;
  readonly hex: string;
  /** The number or text that it states; absent for a body. */
  readonly value?: number | string;
}

/**
 * Every field of a whole frame in its order, length field included; together they are all of its bytes. Throws
 * `undecodable` where the frame can't be decoded.
 */
export function annotateFrame(frame: Uint8Array): AnnotatedField[] {
  const { serializeType } = decodeFrame(frame.subarray(LENGTH_BYTES));
  const fields: AnnotatedField[] = [];
  const input = reader(frame, "frame");

  function put<T extends number | string>(field: string, length: number, read: (bytes: Uint8Array) => T): T {
    const offset = frame.length - input.remaining;
    const bytes = input.take(length);
    const value = read(bytes);
    fields.push({ offset, length, field, hex: toHex(bytes), value });
    return value;
  }
  const int = (field: string, length: number) => put(field, length, integer);
  const text = (field: string, length: number) => put(field, length, (bytes) => fromUtf8(bytes, field));

  int("length", 4);
  put("serializeType", 1, () => serializeType);
  const headerLength = int("headerLength", 3);
  if (serializeTypes[serializeType] === serializeTypes.JSON) text("header", headerLength);
  else annotateRocketmqHeader({ int, text, language: () => put("language", 1, ([byte = 0]) => languageName(byte)) });
  if (input.remaining > 0) {
    const offset = frame.length - input.remaining;
    const bytes = input.take(input.remaining);
    fields.push({ offset, length: bytes.length, field: "body", hex: toHex(bytes) });
  }
  return fields;
}

interface Fields {
  int(field: string, length: number): number;
  text(field: string, length: number): string;
  language(): string;
}

/** The fields of a ROCKETMQ header in the order of {@link decodeRocketmqHeader}. */
function annotateRocketmqHeader({ int, text, language }: Fields): void {
  int("code", 2);
  language();
  int("version", 2);
  int("opaque", 4);
  int("flag", 4);
  const remarkLength = int("remarkLength", 4);
  if (remarkLength > 0) text("remark", remarkLength);
  let left = int("extFieldsLength", 4);
  while (left > 0) {
    const keyLength = int("keyLength", 2);
    const key = text("key", keyLength);
    const valueLength = int("valueLength", 4);
    if (valueLength > 0) text(`extFields.${key}`, valueLength);
    left -= 6 + keyLength + valueLength;
  }
}

/** A big-endian integer; those of 2 and 4 bytes have a sign. */
function integer(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === 2) return view.getInt16(0);
  if (bytes.length === 4) return view.getInt32(0);
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
