import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { reader } from "../../src/bytes/reader.ts";
import { writer } from "../../src/bytes/writer.ts";

describe("writer", () => {
  test("writes big-endian", () => {
    const out = writer();
    out.u8(255);
    out.i16(-2);
    out.i32(-2147483647);
    out.bytes(Uint8Array.of(7, 8));
    expect(out.length).toBe(9);
    expect(out.finish()).toEqual(Uint8Array.of(0xff, 0xff, 0xfe, 0x80, 0, 0, 1, 7, 8));
  });

  test("of nothing is empty", () => expect(writer().finish()).toEqual(new Uint8Array(0)));

  test("takes linear time for many small fields", () => {
    const time = (count: number) => {
      const startedAt = performance.now();
      const out = writer();
      for (let i = 0; i < count; i++) out.u8(i);
      expect(out.finish().length).toBe(count);
      return performance.now() - startedAt;
    };
    time(10_000);
    const small = time(50_000);
    // Sixteen times the bytes: quadratic work would take 256 times as long.
    expect(time(800_000)).toBeLessThan(Math.max(small, 5) * 64);
  });

  test("grows over any sequence of fields, which the reader reads back", () => {
    const field = fc.oneof(
      fc.integer({ min: 0, max: 255 }).map((value) => ["u8", value] as const),
      fc.integer({ min: -32_768, max: 32_767 }).map((value) => ["i16", value] as const),
      fc.integer().map((value) => ["i32", value] as const),
      fc.uint8Array({ maxLength: 700 }).map((value) => ["bytes", value] as const),
    );
    fc.assert(
      fc.property(fc.array(field, { maxLength: 60 }), (fields) => {
        const out = writer();
        for (const [kind, value] of fields) kind === "bytes" ? out.bytes(value) : out[kind](value);
        const input = reader(out.finish(), "fields");
        for (const [kind, value] of fields) {
          expect(kind === "bytes" ? input.take(value.length) : input[kind]()).toEqual(value);
        }
        expect(input.remaining).toBe(0);
      }),
    );
  });
});
