import { describe, expect, test } from "bun:test";
import { reader } from "../../src/bytes/reader.ts";

const bytes = Uint8Array.of(0xff, 0xff, 0xfe, 0x80, 0, 0, 1, 7, 8);

describe("reader", () => {
  test("reads big-endian, signed but for bytes, one after the other", () => {
    const input = reader(bytes, "a sample");
    expect([input.u8(), input.i16(), input.i32(), input.remaining]).toEqual([255, -2, -2147483647, 2]);
    expect(input.take(2)).toEqual(Uint8Array.of(7, 8));
    expect(input.take(0)).toEqual(new Uint8Array(0));
    expect(input.remaining).toBe(0);
  });

  test("starts where a view starts, and takes views", () => {
    const taken = reader(bytes.subarray(7), "a sample").take(2);
    expect(taken).toEqual(Uint8Array.of(7, 8));
    expect(taken.buffer).toBe(bytes.buffer);
  });

  test.each([
    ["u8", 1, (input: ReturnType<typeof reader>) => input.u8()],
    ["i16", 2, (input: ReturnType<typeof reader>) => input.i16()],
    ["i32", 4, (input: ReturnType<typeof reader>) => input.i32()],
    ["take", 2, (input: ReturnType<typeof reader>) => input.take(2)],
    ["take of a negative length", -1, (input: ReturnType<typeof reader>) => input.take(-1)],
  ])("%s past the end is a fault that moves nothing", (_, wanted, read) => {
    const input = reader(Uint8Array.of(1), "a sample");
    if (wanted === 1) input.u8();
    const left = input.remaining;
    expect(() => read(input)).toThrow(`Cannot decode a sample: ${wanted} bytes announced, ${left} left`);
    expect(input.remaining).toBe(left);
  });
});
