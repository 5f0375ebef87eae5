import { describe, expect, test } from "bun:test";
import { createDeflate, deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { deflate, inflate } from "../../src/body/zlib.ts";
import { Fault } from "../../src/errors.ts";
import { limits } from "../../src/limits.ts";

const MIB = 1_048_576;
const text = new TextEncoder().encode("name server ".repeat(3_000));

function faultOf(bytes: Uint8Array, maxBytes = MIB): string {
  try {
    inflate(bytes, maxBytes);
  } catch (error) {
    expect(error instanceof Fault && error.fault).toBe("undecodable");
    return (error as Fault).message;
  }
  throw new Error("was inflated");
}

describe("zlib streams", () => {
  test("go both ways, and to and from another implementation", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 3_000 }),
      fc.string({ maxLength: 500 }).map((s) => Buffer.from(s)),
    );
    fc.assert(
      fc.property(bytes, fc.integer({ min: 0, max: 9 }), (content, level) => {
        const plain = Uint8Array.from(content);
        expect(Uint8Array.from(inflateSync(deflate(plain)))).toEqual(plain);
        expect(inflate(deflateSync(plain, { level }), MIB)).toEqual(plain);
      }),
    );
  });

  test.each([0, 1, 9])("of many pieces, level %d", (level) => {
    const plain = new Uint8Array(700_000).map((_, index) => (index * index) >> (index & 7));
    expect(inflate(deflateSync(plain, { level }), MIB)).toEqual(plain);
  });

  test("may hold exactly as much as is allowed", () => {
    expect(inflate(deflate(text), text.length).length).toBe(text.length);
    expect(faultOf(deflate(text), text.length - 1)).toBe(
      `Cannot inflate body: it holds more than ${text.length - 1} bytes`,
    );
  });
});

describe("damage is told", () => {
  const stream = deflate(text);

  test("a stream cut off anywhere", () => {
    for (let length = 0; length < stream.length; length++) {
      expect(faultOf(stream.subarray(0, length))).toStartWith("Cannot inflate body: ");
    }
  });

  test("a stream of stored blocks that ends between two of them", () => {
    const stored = deflateSync(new Uint8Array(200_000), { level: 0 });
    const second = 2 + 5 + (stored[3] as number) + (stored[4] as number) * 256;
    expect(faultOf(stored.subarray(0, second))).toStartWith("Cannot inflate body: ");
    expect(faultOf(stored.subarray(0, second + 4))).toStartWith("Cannot inflate body: ");
  });

  test("a wrong checksum, which is Adler-32", () => {
    const wrong = Uint8Array.from(stream);
    wrong[wrong.length - 1] = (wrong.at(-1) as number) ^ 1;
    expect(() => inflateSync(wrong)).toThrow();
    expect(faultOf(wrong)).toBe("Cannot inflate body: its checksum doesn't match");
  });

  test("bytes behind the stream", () => {
    expect(faultOf(Uint8Array.of(...deflate(Uint8Array.of(1)), 0))).toStartWith("Cannot inflate body: ");
  });

  test.each([
    ["nothing", []],
    ["one byte", [0x78]],
    ["a gzip stream", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ["a header alone", [0x78, 0x9c]],
    ["a header that doesn't check", [0x78, 0x9d, 3, 0, 0, 0, 0, 1]],
    ["a dictionary", [0x78, 0xbb, 0, 0, 0, 1, 3, 0, 0, 0, 0, 1]],
    ["an unknown kind of block", [0x78, 0x9c, 7, 0, 0, 0, 0, 1]],
  ])("%s", (_, bytes) => expect(faultOf(Uint8Array.from(bytes))).toStartWith("Cannot inflate body: "));

  test("any changed byte gives the fault or, where it says nothing, the same content", () => {
    fc.assert(
      fc.property(fc.nat(stream.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(stream);
        changed[at] = (changed[at] as number) ^ change;
        try {
          expect(inflate(changed, MIB)).toEqual(text);
        } catch (error) {
          expect(error instanceof Fault && error.fault).toBe("undecodable");
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("whatever the bytes, nothing but the fault is thrown", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(faultOf(Uint8Array.of(0x78, 0x9c, ...bytes))).toStartWith("Cannot inflate body: ");
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a bomb", () => {
  test("is stopped when it is a little beyond the limit, in memory and in time", async () => {
    const bomb = await bombOf(256);
    expect(bomb.length).toBeLessThan(MIB);
    const peakKib = process.resourceUsage().maxRSS;
    const startedAt = performance.now();
    expect(faultOf(bomb)).toBe(`Cannot inflate body: it holds more than ${MIB} bytes`);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(process.resourceUsage().maxRSS - peakKib).toBeLessThan(128 * 1_024);
  });

  test("of blocks that hold nothing takes time that grows with its length alone", () => {
    const time = (blocks: number) => {
      const startedAt = performance.now();
      expect(faultOf(emptyBlocks(blocks), limits.maxInflatedBytes)).toStartWith("Cannot inflate body: ");
      return performance.now() - startedAt;
    };
    time(2_000);
    const small = time(4_000);
    expect(time(32_000)).toBeLessThan(Math.max(small, 20) * 32);
  });
});

/** A stream of so many MiB of zeros. */
async function bombOf(mebibytes: number): Promise<Uint8Array> {
  const stream = createDeflate();
  const parts: Uint8Array[] = [];
  stream.on("data", (part: Uint8Array) => parts.push(part));
  const ended = new Promise((resolve) => stream.on("end", resolve));
  const zeros = new Uint8Array(MIB);
  for (let left = mebibytes; left > 0; left--) {
    if (!stream.write(zeros)) await new Promise((resolve) => stream.once("drain", resolve));
  }
  stream.end();
  await ended;
  return Buffer.concat(parts);
}

/** Blocks with the largest Huffman tables that there are and no content: the dearest way to say nothing. */
function emptyBlocks(count: number): Uint8Array {
  const bits: number[] = [];
  const put = (value: number, length: number) => {
    for (let bit = 0; bit < length; bit++) bits.push((value >> bit) & 1);
  };
  put(0b100, 3);
  put(0, 10);
  put(15, 4);
  // The lengths of the codes of code lengths: one bit for 15 and for 18 (a run of zeros), in the order of RFC 1951.
  for (const symbol of [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]) {
    put(symbol === 15 || symbol === 18 ? 1 : 0, 3);
  }
  put(0, 1);
  for (const zeros of [138, 117]) {
    put(1, 1);
    put(zeros - 11, 7);
  }
  put(0, 2);
  put(0x4000, 15);
  const all = new Uint8Array(2 + Math.ceil((bits.length * count) / 8) + 4);
  all.set([0x78, 0x9c]);
  for (let at = 0; at < bits.length * count; at++) {
    const byte = 2 + (at >> 3);
    all[byte] = (all[byte] as number) | ((bits[at % bits.length] as number) << (at & 7));
  }
  return all;
}
