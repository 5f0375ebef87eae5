import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { toInt64 } from "../../src/schema/integer.ts";

describe("toInt64", () => {
  test.each([
    ["0", 0],
    ["-0", 0],
    ["+5", 5],
    ["007", 7],
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", 9007199254740992n],
    ["-9007199254740993", -9007199254740993n],
    ["9223372036854775807", 9223372036854775807n],
    ["-9223372036854775808", -9223372036854775808n],
    [`${"0".repeat(39)}1`, 1],
  ])("%p is %p", (text, value) => expect(Object.is(toInt64(text), value)).toBe(true));

  test.each([
    "",
    "+",
    "-",
    "+-1",
    " 1",
    "1 ",
    "1\n",
    "1.0",
    "1e3",
    "0x10",
    "1_000",
    "1L",
    "NaN",
    "٣",
    "9223372036854775808",
    "-9223372036854775809",
    "9".repeat(41),
    `${"0".repeat(40)}1`,
    "9".repeat(1_000_000),
  ])("%# is none", (text) => expect(toInt64(text)).toBeUndefined());

  test("reads back whatever 64 bits hold", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const read = toInt64(String(value));
        expect(BigInt(read ?? Number.NaN)).toBe(value);
        expect(typeof read).toBe(Number.isSafeInteger(Number(value)) ? "number" : "bigint");
      }),
    );
  });
});
