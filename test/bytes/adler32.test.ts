import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { adler32 } from "../../src/bytes/adler32.ts";

describe("adler32", () => {
  test.each([
    ["", 1],
    ["Wikipedia", 0x11e60398],
  ])("of %p", (text, sum) => expect(adler32(new TextEncoder().encode(text))).toBe(sum));

  test("agrees with another implementation", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => adler32(bytes) === Bun.hash.adler32(bytes)));
  });

  test("does not overflow on many of the largest bytes", () => {
    const bytes = new Uint8Array(3_000_001).fill(255);
    expect(adler32(bytes)).toBe(Bun.hash.adler32(bytes));
  });
});
