import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { concat } from "../../src/bytes/concat.ts";
import { limits } from "../../src/limits.ts";
import { frameCutter } from "../../src/wire/frame-cutter.ts";
import { goldenFrames } from "./golden.ts";

const MAX = limits.maxFrameBytes;

/** What a cutter gives for bytes in chunks that end at these offsets, and the message of the fault that stopped it. */
function cut(bytes: Uint8Array, ends: readonly number[], maxFrameBytes: number = MAX) {
  const cutter = frameCutter(maxFrameBytes);
  const frames: Uint8Array[] = [];
  let fault: string | undefined;
  let start = 0;
  try {
    for (const end of [...new Set([...ends, bytes.length])].sort((a, b) => a - b)) {
      for (const frame of cutter.push(bytes.subarray(start, end))) frames.push(frame);
      start = end;
    }
  } catch (error) {
    fault = (error as Error).message;
  }
  return { frames, fault, buffered: cutter.buffered };
}

/** A frame of so many bytes behind its length field. */
function frameOf(length: number): Uint8Array {
  const frame = new Uint8Array(4 + length).map((_, index) => index * 7);
  new DataView(frame.buffer).setInt32(0, length);
  return frame;
}

describe("any partition gives the same frames", () => {
  const golden = concat(goldenFrames.map(({ bytes }) => bytes));
  const expected = goldenFrames.map(({ bytes }) => bytes.subarray(4));

  test("all golden frames in one piece, and byte by byte", () => {
    const whole = cut(golden, []);
    expect(whole).toEqual({ frames: expected, fault: undefined, buffered: 0 });
    expect(cut(golden, [...golden.keys()])).toEqual(whole);
  });

  test("all golden frames, parted anywhere", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(golden.length), { maxLength: 200 }), (ends) => {
        expect(cut(golden, ends).frames).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  test("of small frames, a rest, and whatever else may follow", () => {
    const lengths = fc.array(fc.integer({ min: 4, max: 40 }), { maxLength: 8 });
    fc.assert(
      fc.property(
        lengths,
        fc.uint8Array({ maxLength: 12 }),
        fc.array(fc.nat(400), { maxLength: 60 }),
        (all, rest, at) => {
          const bytes = concat([...all.map(frameOf), rest]);
          const whole = cut(bytes, [], 64);
          expect(whole.frames.slice(0, all.length)).toEqual(all.map((length) => frameOf(length).subarray(4)));
          // Frames that lie before a bad length come out, wherever the chunks are parted.
          const parted = cut(
            bytes,
            at.filter((end) => end < bytes.length),
            64,
          );
          expect({ ...parted, buffered: 0 }).toEqual({ ...whole, buffered: 0 });
          if (whole.fault === undefined) expect(parted.buffered).toBe(whole.buffered);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("lengths", () => {
  test.each([0, 3, -1, -2147483648, 61, 2147483647])("%d is refused, now and ever after", (length) => {
    const cutter = frameCutter(64);
    const bytes = frameOf(4);
    new DataView(bytes.buffer).setInt32(0, length);
    const message = `Cannot cut frame: length ${length} is outside 4 to 60`;
    expect(() => Array.from(cutter.push(bytes))).toThrow(message);
    expect(() => Array.from(cutter.push(frameOf(4)))).toThrow(message);
  });

  test("the limit counts the length field, as Netty's decoder does", () => {
    expect(cut(frameOf(60), [], 64).frames.length).toBe(1);
    expect(cut(frameOf(61), [], 64).fault).toContain("length 61");
    expect(cut(frameOf(4), [], 64).frames.length).toBe(1);
  });

  test("a bad length is found with its last byte, though nothing else came", () => {
    const cutter = frameCutter(64);
    for (const byte of [0, 0, 0]) expect(Array.from(cutter.push(Uint8Array.of(byte)))).toEqual([]);
    expect(() => Array.from(cutter.push(Uint8Array.of(61)))).toThrow("length 61");
  });
});

describe("chunks", () => {
  test("that hold a frame whole are not copied", () => {
    const chunk = concat([frameOf(10), frameOf(20)]);
    for (const frame of frameCutter(MAX).push(chunk)) expect(frame.buffer).toBe(chunk.buffer);
  });

  test("may be changed by their owner once they were pushed, and be empty", () => {
    const cutter = frameCutter(MAX);
    const chunk = frameOf(10).subarray(0, 9);
    expect(Array.from(cutter.push(chunk))).toEqual([]);
    chunk.fill(0xee);
    expect(Array.from(cutter.push(new Uint8Array(0)))).toEqual([]);
    expect(cutter.buffered).toBe(9);
    expect(Array.from(cutter.push(frameOf(10).subarray(9)))).toEqual([frameOf(10).subarray(4)]);
    expect(cutter.buffered).toBe(0);
  });

  test("may be views into a larger buffer", () => {
    const inside = concat([new Uint8Array(5), frameOf(10), new Uint8Array(5)]).subarray(5, 19);
    expect(Array.from(frameCutter(MAX).push(inside))).toEqual([frameOf(10).subarray(4)]);
  });
});
