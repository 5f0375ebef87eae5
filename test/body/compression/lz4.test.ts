import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { decompressLz4 } from "../../../src/body/compression/lz4.ts";
import { faultOf } from "./fault.ts";

const MIB = 1_048_576;
const damaged = (reason: string) => `Cannot decompress body: ${reason}`;

interface Sequence {
  readonly literals: readonly number[];
  readonly distance: number;
  readonly length: number;
}

/** The rest of a length of 4 bits. */
const more = (length: number) =>
  length < 15 ? [] : [...new Array<number>(Math.floor((length - 15) / 255)).fill(255), (length - 15) % 255];

function blockOf(sequences: readonly Sequence[], last: readonly number[]): number[] {
  const parts = sequences.flatMap(({ literals, distance, length }) => [
    (Math.min(literals.length, 15) << 4) | Math.min(length - 4, 15),
    ...more(literals.length),
    ...literals,
    distance & 0xff,
    distance >> 8,
    ...more(length - 4),
  ]);
  return [...parts, Math.min(last.length, 15) << 4, ...more(last.length), ...last];
}

const uint32 = (value: number) => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24];

interface Descriptor {
  readonly flags?: number;
  readonly size?: number;
  readonly contentSize?: number;
}

function frameOf(blocks: readonly (readonly number[])[], { flags = 0x60, size = 0x40, contentSize }: Descriptor = {}) {
  const announced = contentSize === undefined ? [] : [...uint32(contentSize), 0, 0, 0, 0];
  const written = blocks.flatMap((block) => [...uint32(block.length), ...block, ...(flags & 0x10 ? uint32(7) : [])]);
  return Uint8Array.from([
    ...[0x04, 0x22, 0x4d, 0x18, flags, size],
    ...[...announced, 0, ...written, ...uint32(0), ...(flags & 4 ? uint32(9) : [])],
  ]);
}

describe("LZ4 frames", () => {
  test("of any sequences are carried out", () => {
    const sequence = fc.record({
      literals: fc.array(fc.nat(255), { maxLength: 300 }),
      distance: fc.nat(65_535),
      length: fc.oneof(fc.integer({ min: 4, max: 25 }), fc.integer({ min: 4, max: 700 })),
    });
    const tail = fc.array(fc.nat(255), { maxLength: 300 });
    fc.assert(
      fc.property(fc.array(sequence, { maxLength: 20 }), tail, (wanted, last) => {
        const plain: number[] = [];
        const sequences = wanted.map(({ literals, distance, length }) => {
          const some = plain.length + literals.length > 0 ? literals : [1];
          plain.push(...some);
          const reachable = 1 + (distance % plain.length);
          for (let i = 0; i < length; i++) plain.push(plain[plain.length - reachable] as number);
          return { literals: some, distance: reachable, length };
        });
        plain.push(...last);
        expect(decompressLz4(frameOf([blockOf(sequences, last)]), MIB)).toEqual(Uint8Array.from(plain));
      }),
    );
  });

  const hello = [...new TextEncoder().encode("hello ")];
  const block = blockOf([{ literals: hello, distance: 6, length: 12 }], []);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

  test("have blocks that go on from one another, plain ones among them, and all kinds of checksums", () => {
    const linked = blockOf([{ literals: [0x21], distance: 7, length: 6 }], []);
    expect(text(decompressLz4(frameOf([block, linked], { flags: 0x54 }), MIB))).toBe("hello hello hello !hello ");
    const sized = frameOf([block], { flags: 0x6c, contentSize: 18 });
    expect(text(decompressLz4(sized, MIB))).toBe("hello hello hello ");
    const plain = Uint8Array.from([
      ...[0x04, 0x22, 0x4d, 0x18, 0x60, 0x70, 0, 6, 0, 0, 0x80],
      ...[...hello, 0, 0, 0, 0],
    ]);
    expect(text(decompressLz4(plain, MIB))).toBe("hello ");
  });

  test("may follow one another, and others between them are passed over", () => {
    const skipped = [0x5f, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9];
    const bytes = Uint8Array.from([...frameOf([block]), ...skipped, ...frameOf([])]);
    expect(text(decompressLz4(bytes, MIB))).toBe("hello hello hello ");
  });

  test.each([
    ["nothing", new Uint8Array(), "it is no LZ4 frame"],
    ["something else", Uint8Array.of(1, 2, 3, 4, 5), "it is no LZ4 frame"],
    ["another version", frameOf([block], { flags: 0xa0 }), "it is of another version of LZ4 frames"],
    ["a reserved bit", frameOf([block], { flags: 0x62 }), "it is of another version of LZ4 frames"],
    ["a dictionary", frameOf([block], { flags: 0x61 }), "it needs a dictionary"],
    ["no size of blocks", frameOf([block], { size: 0x30 }), "its blocks have no known size"],
    ["a wrong size of all", frameOf([block], { flags: 0x68, contentSize: 17 }), "it has another length than announced"],
    [
      "a distance of 0",
      frameOf([blockOf([{ literals: [1], distance: 0, length: 4 }], [])]),
      "it refers to what isn't there",
    ],
    [
      "a distance too far",
      frameOf([blockOf([{ literals: [1], distance: 2, length: 4 }], [])]),
      "it refers to what isn't there",
    ],
    [
      "an empty block that isn't the end",
      Uint8Array.from([...frameOf([]).subarray(0, 7), 0, 0, 0, 0x80]),
      "it is cut off",
    ],
    ["literals that aren't there", frameOf([[0x50, 1, 2]]), "it is cut off"],
    ["a length without end", frameOf([[0xf0, 255, 255]]), "it is cut off"],
    ["half a distance", frameOf([[0x10, 1, 1]]), "it is cut off"],
    [
      "a block that is too long",
      frameOf([blockOf([{ literals: [1], distance: 1, length: 70_000 }], [])]),
      "a block is longer than it may be",
    ],
  ])("with %s are none", (_, bytes, reason) => expect(faultOf(() => decompressLz4(bytes, MIB))).toBe(damaged(reason)));

  test("that would fill the memory are stopped at the limit", () => {
    const bomb = frameOf(new Array(60).fill(blockOf([{ literals: [1], distance: 1, length: 4_194_000 }], [])), {
      size: 0x70,
    });
    expect(bomb.length).toBeLessThan(MIB);
    const startedAt = performance.now();
    expect(faultOf(() => decompressLz4(bomb, MIB))).toBe(damaged(`it holds more than ${MIB} bytes`));
    expect(performance.now() - startedAt).toBeLessThan(200);
  });

  test("of whatever bytes are read, or are the fault", () => {
    const start = [...frameOf([]).subarray(0, 7)];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (noise, isBlock) => {
        const bytes = isBlock ? frameOf([[...noise]]) : Uint8Array.from([...start, ...noise]);
        const reason = faultOf(() => expect(decompressLz4(bytes, 5_000).length).toBeLessThanOrEqual(5_000));
        if (reason !== undefined) expect(reason).toStartWith("Cannot decompress body: ");
      }),
      { numRuns: 2_000 },
    );
  });
});
