import { describe, expect, test } from "bun:test";
import Value from "typebox/value";
import { stringifyJson } from "../../src/json/strict.ts";
import type { JsonValue } from "../../src/json/value.ts";
import {
  formOfPattern,
  HostAndPort,
  Int32,
  Int64,
  IntegerKeyed,
  Name,
  Nullable,
  publicSchema,
  type TSchema,
  Type,
} from "../../src/schema/types.ts";

const takes = (schema: TSchema, value: unknown) => Value.Check(schema, value);

describe("Int64", () => {
  test.each([0, -1, 9007199254740991, 0n, 2n ** 63n - 1n, -(2n ** 63n), 9007199254740993n])("takes %p", (value) => {
    expect(takes(Int64("a"), value)).toBe(true);
  });

  test.each([
    2n ** 63n,
    -(2n ** 63n) - 1n,
    2 ** 63,
    -(2 ** 64),
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "1",
    true,
    null,
    {},
  ])("refuses %p", (value) => expect(takes(Int64("a"), value)).toBe(false));

  test("holds its own bounds for both types", () => {
    const schema = Int64("a", { minimum: 0, maximum: 10 });
    expect([0, 10, 0n, 10n].every((value) => takes(schema, value))).toBe(true);
    expect([-1, 11, -1n, 11n].some((value) => takes(schema, value))).toBe(false);
  });
});

describe("Int32", () => {
  test.each([
    [-2147483648, true],
    [2147483647, true],
    [2147483648, false],
    [-2147483649, false],
    [1.5, false],
    ["1", false],
  ])("%p: %p", (value, taken) => expect(takes(Int32("a"), value)).toBe(taken));

  test("holds its own bounds", () => {
    const schema = Int32("a", { minimum: 0, maximum: 15 });
    expect([0, 15, -1, 16].map((value) => takes(schema, value))).toEqual([true, true, false, false]);
  });
});

test("Name takes any text but the empty one", () => {
  expect([" ", "值", "", 5].map((value) => takes(Name("a"), value))).toEqual([true, true, false, false]);
});

test("Nullable takes what its schema takes, and null", () => {
  const schema = Nullable(Int32("a"));
  expect([5, null, "5", undefined].map((value) => takes(schema, value))).toEqual([true, true, false, false]);
});

describe("HostAndPort", () => {
  test.each(["a:1", "10.0.0.7:10911", "[::1]:65535", "[fe80::1%1]:1", "broker.example:9999", "中:80"])(
    "takes %p",
    (address) => expect(takes(HostAndPort("a"), address)).toBe(true),
  );

  test.each([
    "",
    "a",
    "a:",
    ":1",
    "a:0",
    "a:01",
    "a:65536",
    "a:99999",
    "a:100000",
    "a:1 ",
    "a b:1",
    "::1:1",
    "http://a:1",
    "a:1:2",
    `${"a".repeat(512)}:1`,
  ])("refuses %#", (address) => expect(takes(HostAndPort("a"), address)).toBe(false));

  test("has a form in words", () => {
    const { pattern } = HostAndPort("a") as unknown as { pattern: string };
    expect(formOfPattern.get(pattern)).toBe("host:port or [IPv6]:port");
  });
});

test("IntegerKeyed says which keys it has", () => {
  const schema = IntegerKeyed(Type.String(), "by id");
  expect(publicSchema(schema)).toEqual({
    type: "object",
    description: "by id",
    patternProperties: { "^-?[0-9]+$": { type: "string" } },
  });
  expect([{ "0": "a", "-1": "b" }, { "0": 5 }].map((value) => takes(schema, value))).toEqual([true, false]);
});

describe("publicSchema", () => {
  const schema = Type.Object({
    id: Int64("an id"),
    list: Type.Array(Int64("items")),
    either: Type.Union([Int64("one"), Type.Literal("x")]),
    type: Type.String(),
    maybe: Type.Optional(Type.Unsafe({ type: ["string", "null"] })),
  });

  test("says integer where our word bigint stands, and nothing else changes", () => {
    const shown = publicSchema(schema);
    const text = stringifyJson(shown as JsonValue);
    expect(text).not.toContain("bigint");
    expect(shown).toMatchObject({
      properties: {
        id: { type: "integer", format: "int64", description: "an id" },
        list: { items: { type: "integer" } },
        either: { anyOf: [{ type: "integer" }, { const: "x" }] },
        type: { type: "string" },
        maybe: { type: ["string", "null"] },
      },
      required: ["id", "list", "either", "type"],
    });
    expect(JSON.parse(text)).toMatchObject({ type: "object" });
  });

  test("writes the bounds with all their digits", () => {
    expect(stringifyJson(publicSchema(Int64("a")) as JsonValue)).toContain(
      '"minimum":-9223372036854775808,"maximum":9223372036854775807',
    );
  });

  test.each([5, "a", null, undefined, true])("leaves %p alone", (value) => expect(publicSchema(value)).toBe(value));
});
