import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { fromUtf8, utf8 } from "../../src/bytes/utf8.ts";
import { Fault } from "../../src/errors.ts";

describe("UTF-8", () => {
  test("goes both ways", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => fromUtf8(utf8(text), "a text") === text));
  });

  test("keeps a byte order mark", () => expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), "x")).toBe("\ufeffa"));

  test("writes a lone surrogate as U+FFFD", () => expect(utf8("\ud800")).toEqual(Uint8Array.of(0xef, 0xbf, 0xbd)));

  test.each([
    ["a continuation alone", [0x80]],
    ["a character cut off", [0xe4, 0xb8]],
    ["an overlong form", [0xc0, 0x80]],
    ["a surrogate", [0xed, 0xa0, 0x80]],
    ["beyond U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
  ])("%s is undecodable, and the next text is read again", (_, bytes) => {
    expect(() => fromUtf8(Uint8Array.from(bytes), "a sample")).toThrow("Cannot decode a sample: not UTF-8");
    expect(fromUtf8(utf8("值"), "x")).toBe("值");
  });

  test("whatever the bytes, nothing but an undecodable fault is thrown", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        try {
          expect(utf8(fromUtf8(bytes, "x"))).toEqual(bytes);
        } catch (error) {
          expect(error instanceof Fault && error.fault).toBe("undecodable");
        }
      }),
    );
  });
});
