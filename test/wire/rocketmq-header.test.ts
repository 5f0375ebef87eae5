import { describe, expect, test } from "bun:test";
import { writer } from "../../src/bytes/writer.ts";
import { decodeRocketmqHeader, encodeRocketmqHeader } from "../../src/wire/rocketmq-header.ts";

/** A header up to its remark. */
function start() {
  const out = writer();
  out.i16(106);
  out.u8(8);
  out.i16(513);
  out.i32(-5);
  out.i32(1);
  return out;
}

/** A header whose fields are these bytes. */
function withFields(...bytes: readonly number[]): Uint8Array {
  const out = start();
  out.i32(0);
  out.i32(bytes.length);
  out.bytes(Uint8Array.from(bytes));
  return out.finish();
}

const fixed = { code: 106, language: "HTTP", version: 513, opaque: -5, flag: 1 };

describe("a ROCKETMQ header", () => {
  test("without remark and fields has none of both", () => {
    expect(decodeRocketmqHeader(withFields())).toEqual({ ...fixed, remark: null, extFields: null });
  });

  test("loses fields with an empty value, as in Java; the last of equal names counts", () => {
    const [a, b] = [0x61, 0x62];
    const fields = withFields(0, 1, a, 0, 0, 0, 0, 0, 1, b, 0, 0, 0, 1, a, 0, 1, b, 0, 0, 0, 1, b);
    expect(decodeRocketmqHeader(fields).extFields).toEqual({ b: "b" });
    expect(decodeRocketmqHeader(withFields(0, 1, a, 0, 0, 0, 0)).extFields).toEqual({});
  });

  test("keeps __proto__ and its like as ordinary fields", () => {
    const extFields = JSON.parse('{"__proto__":"a","constructor":"b"}');
    const header = { ...fixed, remark: null, extFields };
    const decoded = decodeRocketmqHeader(encodeRocketmqHeader({ ...header, body: null }));
    expect(Object.keys(decoded.extFields ?? {})).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(decoded.extFields)).toBe(Object.prototype);
    expect(decoded).toEqual(header);
  });

  test("ignores bytes behind its fields", () => {
    const bytes = withFields();
    const longer = new Uint8Array(bytes.length + 3);
    longer.set(bytes);
    expect(decodeRocketmqHeader(longer)).toEqual(decodeRocketmqHeader(bytes));
  });
});

describe("a broken ROCKETMQ header is undecodable", () => {
  const remarkOf = (length: number) => {
    const out = start();
    out.i32(length);
    return out.finish();
  };

  test.each([
    ["cut off anywhere", withFields().subarray(0, 20), "Cannot decode ROCKETMQ header: 4 bytes announced, 3 left"],
    ["empty", new Uint8Array(0), "Cannot decode ROCKETMQ header: 2 bytes announced, 0 left"],
    ["a remark too long", remarkOf(1), "Cannot decode ROCKETMQ header: 1 bytes announced, 0 left"],
    ["a negative remark", remarkOf(-1), "Cannot decode ROCKETMQ header: -1 bytes announced"],
    ["a huge remark", remarkOf(2147483647), "Cannot decode ROCKETMQ header: 2147483647 bytes announced"],
    ["half a field", withFields(0, 1), "Cannot decode extFields: 1 bytes announced, 0 left"],
    ["a negative name", withFields(255, 255, 0), "Cannot decode extFields: -1 bytes announced, 1 left"],
    ["a value too long", withFields(0, 1, 97, 0, 0, 0, 9, 1), "Cannot decode extFields: 9 bytes announced, 1 left"],
    ["a name that is not UTF-8", withFields(0, 1, 255, 0, 0, 0, 0), "Cannot decode extFields: not UTF-8"],
    ["a value that is not UTF-8", withFields(0, 1, 97, 0, 0, 0, 1, 255), "Cannot decode extFields: not UTF-8"],
  ])("%s", (_, bytes, message) => expect(() => decodeRocketmqHeader(bytes)).toThrow(message));
});
