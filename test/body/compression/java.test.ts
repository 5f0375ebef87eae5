import { describe, expect, test } from "bun:test";
import { decompress } from "../../../src/body/compression/decompress.ts";
import { crc32 } from "../../../src/bytes/crc32.ts";
import { samplesIn } from "../../golden/samples.ts";
import { faultOf } from "./fault.ts";

interface Sample {
  readonly id: string;
  readonly compression: "lz4" | "zstd" | "zlib";
  readonly hex: string;
  readonly plainLength: number;
  readonly plainCrc32: number;
}

const numbers = { lz4: 1, zstd: 2, zlib: 3 } as const;
const samples = ((await samplesIn("frames.json")) as unknown as Sample[])
  .filter(({ id }) => id.startsWith("compressed-"))
  .map((sample) => ({ ...sample, bytes: Uint8Array.fromHex(sample.hex), kind: numbers[sample.compression] }));

describe("a body that Java compressed", () => {
  test("is there in every kind of both new generations, and in zlib of the old one", () => {
    expect(samples.length).toBe(3 * 4 * 2 + 4);
    expect(Math.max(...samples.map(({ plainLength }) => plainLength))).toBeGreaterThan(131_072);
  });

  test.each(samples)("$id is decompressed to what it was", ({ bytes, kind, plainLength, plainCrc32 }) => {
    const plain = decompress(bytes, kind, plainLength);
    expect({ length: plain.length, crc: crc32(plain) }).toEqual({ length: plainLength, crc: plainCrc32 });
    if (kind === 3) expect(decompress(bytes, 0, plainLength)).toEqual(plain);
  });

  test.each(samples.filter(({ plainLength }) => plainLength > 0))(
    "$id may not hold more than is allowed, nor end early",
    ({ bytes, kind, plainLength }) => {
      const isTooMuch = faultOf(() => decompress(bytes, kind, plainLength - 1));
      expect(isTooMuch).toEndWith(`it holds more than ${plainLength - 1} bytes`);
      const step = Math.ceil(bytes.length / 200);
      for (let length = 0; length < bytes.length; length += step) {
        expect(faultOf(() => decompress(bytes.subarray(0, length), kind, plainLength))).toStartWith("Cannot ");
      }
    },
  );
});

test.each([4, 5, 6, 7])("kind %d is unknown", (kind) => {
  expect(faultOf(() => decompress(new Uint8Array(9), kind, 99))).toBe(
    `Cannot decompress body: ${kind} is no known kind of compression`,
  );
});
