import { describe, expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { int64, isInt64, isJsonObject, setMember } from "../../src/json/value.ts";

describe("int64", () => {
  test("is a number while that is exact, a bigint beyond", () => {
    expect(int64("0")).toBe(0);
    expect(int64("-12")).toBe(-12);
    expect(int64("9007199254740991")).toBe(9007199254740991);
    expect(int64("9007199254740992")).toBe(9007199254740992n);
    expect(int64("-9007199254740993")).toBe(-9007199254740993n);
    expect(int64(5n)).toBe(5);
    expect(int64(-(2n ** 63n))).toBe(-(2n ** 63n));
    expect(int64("007")).toBe(7);
  });

  test("refuses what is not decimal digits", () => {
    for (const text of ["", "-", "+1", " 1", "1 ", "0x10", "1.0", "1e3", "1n", "９", "9".repeat(5_000)]) {
      expect(() => int64(text)).toThrow(Fault);
    }
    expect(() => int64("abc")).toThrow('Cannot read an integer: "abc" is not one');
  });
});

test("isInt64 knows the range of a Java long", () => {
  for (const value of [0, -1, 2 ** 53 - 1, 2n ** 63n - 1n, -(2n ** 63n)]) expect(isInt64(value)).toBe(true);
  for (const value of [1.5, 2 ** 53, NaN, Infinity, 2n ** 63n, -(2n ** 63n) - 1n, "1", null])
    expect(isInt64(value)).toBe(false);
});

test("isJsonObject tells objects from arrays, maps and scalars", () => {
  expect(isJsonObject({})).toBe(true);
  for (const value of [[], new Map(), null, undefined, "a", 1]) expect(isJsonObject(value)).toBe(false);
});

test("setMember makes an own member of any name", () => {
  const object = {};
  setMember(object, "__proto__", { polluted: true });
  setMember(object, "constructor", 1);
  expect(Object.keys(object)).toEqual(["__proto__", "constructor"]);
  expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  expect("polluted" in object).toBe(false);
});
