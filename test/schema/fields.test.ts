import { describe, expect, test } from "bun:test";
import {
  bool,
  decodeFields,
  derived,
  encodeFields,
  type Field,
  i32,
  i64,
  oneOf,
  optional,
  text,
} from "../../src/schema/fields.ts";

describe("each type of field", () => {
  function goesBothWays<T>(
    name: string,
    field: Field<T>,
    values: readonly (readonly [value: T, wire: string])[],
  ): void {
    test.each(values)(`${name}: %p is %p`, (value, wire) => {
      expect(field.encode(value)).toBe(wire);
      expect(Object.is(field.decode(wire), value)).toBe(true);
    });
  }
  goesBothWays("text", text("a"), [
    ["", ""],
    [" 值\n", " 值\n"],
  ]);
  goesBothWays("i32", i32("a"), [
    [-2147483648, "-2147483648"],
    [2147483647, "2147483647"],
  ]);
  goesBothWays("i64", i64("a"), [
    [5, "5"],
    [9223372036854775807n, "9223372036854775807"],
    [-9223372036854775808n, "-9223372036854775808"],
  ]);
  goesBothWays("bool", bool("a"), [
    [true, "true"],
    [false, "false"],
  ]);

  goesBothWays("oneOf", oneOf("a", ["LOWER", "UPPER"]), [
    ["LOWER", "LOWER"],
    ["UPPER", "UPPER"],
  ]);

  test.each(["", "lower", "MIDDLE", "constructor"])("oneOf: %p is absent", (wire) => {
    expect(oneOf("a", ["LOWER", "UPPER"]).decode(wire)).toBeUndefined();
  });

  test.each(["", "x", "1.0", "1e3", " 1", "2147483648", "-2147483649", "9007199254740993"])(
    "i32: %p is absent, as in Java",
    (wire) => expect(i32("a").decode(wire)).toBeUndefined(),
  );

  test.each(["", "x", "1.5", "9223372036854775808"])("i64: %p is absent, as in Java", (wire) => {
    expect(i64("a").decode(wire)).toBeUndefined();
  });

  test.each([
    ["+7", 7],
    ["-0", 0],
    ["007", 7],
  ])("numbers are read as by parseInt: %p is %d", (wire, value) => {
    expect(i32("a").decode(wire)).toBe(value);
    expect(i64("a").decode(wire)).toBe(value);
  });

  test.each([
    ["TRUE", true],
    ["True", true],
    ["yes", false],
    ["1", false],
    ["", false],
    [" true", false],
  ])("bool: %p is %p, as parseBoolean says", (wire, value) => expect(bool("a").decode(wire)).toBe(value));

  test("has a schema and is required unless it is said otherwise", () => {
    expect([text("a"), i32("a"), i64("a"), bool("a")].map(({ optional }) => optional)).toEqual(Array(4).fill(false));
    expect(text("what it is").schema).toMatchObject({ type: "string", description: "what it is" });
    expect(i32("a").schema).toMatchObject({ type: "integer", format: "int32" });
    expect(i64("a").schema).toMatchObject({ format: "int64" });
    expect(bool("a").schema).toMatchObject({ type: "boolean" });
    expect(optional(text("a"))).toMatchObject({ optional: true, schema: { description: "a" } });
  });
});

describe("fields of a header", () => {
  const fields = {
    topic: text("topic"),
    queueId: i32("queue"),
    offset: optional(i64("offset", { wire: "o" })),
    order: optional(bool("order")),
    bodyBytes: derived(i32("length"), (body) => body.length),
  };

  test("are written under their wire names, absent ones not at all", () => {
    expect(encodeFields(fields, { topic: "T", queueId: 0, offset: 2n ** 60n, order: false }, null)).toEqual({
      topic: "T",
      queueId: "0",
      o: "1152921504606846976",
      order: "false",
    });
    expect(encodeFields(fields, { topic: "", queueId: 1, offset: undefined }, null)).toEqual({
      topic: "",
      queueId: "1",
    });
  });

  test("that are derived come from the body, unless there is none or the caller gave them", () => {
    const values = { topic: "T", queueId: 1 };
    expect(encodeFields(fields, values, new Uint8Array(3))).toMatchObject({ bodyBytes: "3" });
    expect(encodeFields(fields, values, new Uint8Array(0))).toMatchObject({ bodyBytes: "0" });
    expect(encodeFields(fields, values, null)).not.toHaveProperty("bodyBytes");
    expect(encodeFields(fields, { ...values, bodyBytes: 9 }, new Uint8Array(3))).toMatchObject({ bodyBytes: "9" });
  });

  test("nothing but the fields is written", () => {
    const values = { topic: "T", queueId: 1, body: "no", other: 1 };
    expect(Object.keys(encodeFields(fields, values, null))).toEqual(["topic", "queueId"]);
  });

  test("are read by their wire names, malformed and unknown ones left aside", () => {
    expect(decodeFields(fields, { topic: "T", queueId: "x", o: "7", offset: "8", order: "TRUE", other: "1" })).toEqual({
      topic: "T",
      offset: 7,
      order: true,
    });
  });

  test.each([null, {}])("of %p are none", (extFields) => expect(decodeFields(fields, extFields)).toEqual({}));

  test("are own entries only, whatever an object inherits", () => {
    const odd = { constructor: text("a"), toString: optional(text("b")) };
    expect(Object.keys(decodeFields(odd, {}))).toEqual([]);
    expect(decodeFields(odd, { constructor: "c" } as never)).toEqual({ constructor: "c" } as never);
  });

  test("survive the way there and back", () => {
    const values = { topic: "T", queueId: -1, offset: -(2n ** 63n), order: true, bodyBytes: 4 };
    expect(decodeFields(fields, encodeFields(fields, values, new Uint8Array(4)))).toEqual(values);
  });
});
