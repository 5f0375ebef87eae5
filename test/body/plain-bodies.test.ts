import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { bytes } from "../../src/body/bytes.ts";
import { plainText } from "../../src/body/plain-text.ts";
import { publicSchema } from "../../src/schema/types.ts";
import { contextOf } from "./golden.ts";

const context = contextOf("5.5.0");

describe("bytes", () => {
  test("pass as they are, both ways", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (body) => {
        expect(bytes.encode(body, context)).toBe(body);
        expect(bytes.decode(body, context)).toBe(body);
      }),
    );
  });

  test("are binary to OpenAPI", () => {
    expect(publicSchema(bytes.schema)).toEqual({ type: "string", format: "binary" });
  });
});

describe("a plain text", () => {
  test("travels in UTF-8", () => {
    expect(plainText.encode("组", context)).toEqual(Uint8Array.of(0xe7, 0xbb, 0x84));
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(plainText.decode(plainText.encode(text, context), context)).toBe(text);
      }),
    );
  });

  test("that is none is undecodable", () => {
    expect(() => plainText.decode(Uint8Array.of(0xff), context)).toThrow("Cannot decode text");
  });
});
