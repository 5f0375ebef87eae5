import { crc32, cursorOver, fromHex, toHex } from "./bytes.ts";
import { type Exact, exactly, isObject, parseExact, type Sample, sameMeaning } from "./exact.ts";

/** Adds to a frame what can be read off its bytes, and checks that they say what Java was asked to write. */
export function completeFrame(sample: Sample): Sample {
  const frame = cursorOver(fromHex(String(sample.hex)));
  const frameLength = frame.uint32();
  expectEqual(sample, "length", frameLength, frame.left());
  const headerLengthField = frame.uint32();
  const header = frame.bytes(headerLengthField & 0xffffff);
  const body = frame.bytes(frame.left());
  const isJson = sample.serializeType === "JSON";
  expectEqual(sample, "header type", headerLengthField >>> 24, isJson ? 0 : 1);
  const headerText = isJson ? new TextDecoder().decode(header) : undefined;
  checkHeader(sample, headerText === undefined ? binaryHeader(header) : jsonHeader(headerText));
  checkBody(sample, body);
  const { kind, id, version, serializeType, note, hex, ...rest } = sample;
  const derived = { frameLength, headerLengthField, ...(headerText === undefined ? {} : { headerText }) };
  return exactly({ kind, id, version, serializeType, note, hex, ...derived, ...rest });
}

/** What Java read back must be what stands in the bytes. */
function checkHeader(sample: Sample, header: Sample): void {
  const { bodyIsNull: _, ...decoded } = sample.decodedByJava as Sample;
  if (!sameMeaning(header, decoded)) throw new Error(`Cannot accept ${sample.id}: its header is not what Java read`);
}

function jsonHeader(text: string): Sample {
  const header = parseExact(text);
  if (!isObject(header)) throw new Error(`Cannot read a header: ${text}`);
  delete header.serializeTypeCurrentRPC;
  return { remark: null, extFields: null, ...header };
}

const languages = ["JAVA", "CPP"];

function binaryHeader(bytes: Uint8Array): Sample {
  const header = cursorOver(bytes);
  const code = header.int16();
  const language = languages[header.int8()] ?? "?";
  const version = header.int16();
  const opaque = header.int32();
  const flag = header.int32();
  const remark = header.text(header.int32()) || null;
  const fields = cursorOver(header.bytes(header.int32()));
  const extFields: { [key: string]: Exact } = {};
  while (fields.left() > 0) {
    const key = fields.text(fields.int16());
    // Java's reader makes null of an empty value, and drops a table without entries.
    extFields[key] = fields.text(fields.int32()) || null;
  }
  if (header.left() > 0) throw new Error(`Cannot read a header: ${header.left()} bytes left over`);
  return exactly({
    code,
    language,
    version,
    opaque,
    flag,
    remark,
    extFields: Object.keys(extFields).length > 0 ? extFields : null,
  });
}

function checkBody(sample: Sample, body: Uint8Array): void {
  const given = sample.bodyText === undefined ? null : toHex(new TextEncoder().encode(String(sample.bodyText)));
  expectEqual(sample, "body", toHex(body), given ?? sample.bodyHex ?? "");
  const { extFields } = sample.command as Sample;
  const announced = isObject(extFields) ? extFields.bodyCrc32 : undefined;
  if (announced !== undefined) expectEqual(sample, "bodyCrc32", announced, String(crc32(body)));
}

function expectEqual(sample: Sample, what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`Cannot accept ${sample.id}: ${what} is ${actual}, not ${expected}`);
}
