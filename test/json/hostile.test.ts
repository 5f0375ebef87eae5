import { describe, expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { parseDialect } from "../../src/json/dialect.ts";
import { parseJson, stringifyJson } from "../../src/json/strict.ts";
import { stringifyDialect } from "../../src/json/write-dialect.ts";

/** Texts of a length that grows with `n`, made to take more than linear time. */
const texts: Readonly<Record<string, (n: number) => string>> = {
  "open brackets": (n) => "[".repeat(n),
  "open objects as keys": (n) => "{".repeat(n),
  digits: (n) => `[${"7".repeat(n)}]`,
  "a long fraction": (n) => `[0.${"7".repeat(n)}]`,
  "a long exponent": (n) => `[1e${"7".repeat(n)}]`,
  "long integers": (n) => `[${`${"7".repeat(4_000)},`.repeat(n / 4_000)}1]`,
  "strings of many escapes": (n) => `["${"\\n".repeat(n / 2)}"]`,
  "strings of escaped quotes": (n) => `[${'"\\"",'.repeat(n / 5)}1]`,
  "quotes of two kinds": (n) => `[${`"'",'"',`.repeat(n / 8)}1]`,
  "one string that never ends": (n) => `["${"a".repeat(n)}`,
  "strings that end behind an escape": (n) => `["中",${'"",'.repeat(n / 3)}"\\u0041"]`,
  "white space": (n) => `[${" ".repeat(n)}1]`,
  "one member many times": (n) => `{${'"a":1,'.repeat(n / 6)}"a":1}`,
  "object keys after many members": (n) => `{${Array.from({ length: n / 12 }, (_, i) => `"k${i}":1,{}:1`).join()}}`,
  "references to one object": (n) => `{"a":{},"r":[${'{"$ref":"$.a"},'.repeat(n / 15)}1]}`,
  "references to nowhere": (n) => `{"a":{},"r":[${'{"$ref":"$.b"},'.repeat(n / 15)}1]}`,
  "references to the key of a great map": (n) =>
    `{"a":{{}:1${Array.from({ length: n / 16 }, (_, i) => `,k${i}:1`).join("")}},"r":[${'{"$ref":"$.a.null"},'.repeat(n / 40)}1]}`,
  "a path of many dots": (n) => `{"a":{},"r":{"$ref":"$${".a".repeat(n / 2)}"}}`,
  "many paths of many dots": (n) => `{"a":{},"r":[${`{"$ref":"$${".a".repeat(500)}"},`.repeat(n / 1_000)}1]}`,
  "a path of open brackets": (n) => `{"a":{},"r":{"$ref":"$.a${"[".repeat(n)}"}}`,
  "a path of backslashes": (n) => `{"a":{},"r":{"$ref":"$.a${"\\\\.".repeat(n / 3)}"}}`,
};

function timeOf(work: () => unknown): number {
  const start = performance.now();
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(Fault);
  }
  return performance.now() - start;
}

describe("a hostile megabyte takes no time to speak of", () => {
  // Quadratic work on a million characters takes seconds to minutes; the bound leaves a slow, shared machine a tenfold margin.
  for (const [name, make] of Object.entries(texts)) {
    test(name, () => {
      const text = make(1_000_000);
      expect(timeOf(() => parseDialect(text))).toBeLessThan(1_500);
      expect(timeOf(() => parseJson(text))).toBeLessThan(1_500);
    });
  }
});

describe("values that grow when written are stopped", () => {
  const maxChars = 1024 * 1024;
  const values: Readonly<Record<string, string>> = {
    "each level twice the last": `{"a0":{"x":1}${Array.from({ length: 80 }, (_, i) => `,"a${i + 1}":[{"$ref":"$.a${i}"},{"$ref":"$.a${i}"}]`).join("")}}`,
    "rows that share a great value": `{"v":{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`).join()}},"m":{${Array.from({ length: 20_000 }, (_, i) => `{"i":${i}}:{"$ref":"$.v"}`).join()}}}`,
    "a great object of nothing but nulls": `{"v":{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":null`).join()}},"r":[${'{"$ref":"$.v"},'.repeat(20_000)}1]}`,
  };
  for (const [name, text] of Object.entries(values)) {
    test(name, () => {
      const value = parseDialect(text);
      expect(() => stringifyJson(value, { maxChars })).toThrow(
        `Cannot write JSON: it is longer than ${maxChars} characters`,
      );
      expect(() => stringifyDialect(value, { integerKeys: "bare", maxChars })).toThrow(
        "Cannot write JSON: it is longer",
      );
    });
  }
});
