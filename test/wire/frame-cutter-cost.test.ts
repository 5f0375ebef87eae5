import { describe, expect, test } from "bun:test";
import { limits } from "../../src/limits.ts";
import { type FrameCutter, frameCutter } from "../../src/wire/frame-cutter.ts";

/** What `work` allocates in byte arrays by length, whether or not anything is written to them. */
function allocatedBy(work: () => void): number {
  const real = globalThis.Uint8Array;
  let bytes = 0;
  globalThis.Uint8Array = new Proxy(real, {
    construct(target, args: [number], newTarget) {
      if (typeof args[0] === "number") bytes += args[0];
      return Reflect.construct(target, args, newTarget);
    },
  });
  try {
    work();
  } finally {
    globalThis.Uint8Array = real;
  }
  return bytes;
}

/** The beginning of a frame: `sent` bytes, of which the first four announce `announced` more. */
function beginning(announced: number, sent: number): Uint8Array {
  const bytes = new Uint8Array(sent);
  new DataView(bytes.buffer).setInt32(0, announced);
  return bytes;
}

function pushBytewise(cutter: FrameCutter, bytes: Uint8Array): number {
  let frames = 0;
  for (let at = 0; at < bytes.length; at++) for (const _ of cutter.push(bytes.subarray(at, at + 1))) frames++;
  return frames;
}

describe("memory grows with the bytes that came", () => {
  const largest = limits.maxFrameBytes - 4;

  test("10 bytes that announce 16 MiB cost a few KiB", () => {
    const start = beginning(largest, 10);
    const cutter = frameCutter(limits.maxFrameBytes);
    const bytes = allocatedBy(() => expect(Array.from(cutter.push(start))).toEqual([]));
    expect(cutter.buffered).toBe(10);
    expect(bytes).toBeGreaterThanOrEqual(10);
    expect(bytes).toBeLessThanOrEqual(4_096);
  });

  test("what came is held at most four times over all growing, and a chunk alone once", () => {
    const start = beginning(largest, 300_000);
    const whole = allocatedBy(() => Array.from(frameCutter(limits.maxFrameBytes).push(start)));
    expect(whole).toBe(start.length);
    const bytewise = allocatedBy(() => pushBytewise(frameCutter(limits.maxFrameBytes), start));
    expect(bytewise).toBeLessThan(4 * start.length);
  });
});

test("a frame of 4 MiB in 1-byte chunks takes linear time", () => {
  const time = (length: number) => {
    const startedAt = performance.now();
    expect(pushBytewise(frameCutter(limits.maxFrameBytes), beginning(length - 4, length))).toBe(1);
    return performance.now() - startedAt;
  };
  time(65_536);
  const small = time(524_288);
  // Eight times the bytes: quadratic work would take 64 times as long.
  expect(time(4_194_304)).toBeLessThan(Math.max(small, 20) * 32);
});
