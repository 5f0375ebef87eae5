import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { decompressZstd } from "../../../src/body/compression/zstd.ts";
import { faultOf } from "./fault.ts";

const MIB = 1_048_576;
const damaged = (reason: string) => `Cannot decompress body: ${reason}`;

/** Contents that make an encoder use all that the format has: noise, few symbols, repetitions near and far. */
const content = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(fc.constantFrom(97, 97, 97, 98, 99, 100), { maxLength: 3_000 }).map((few) => Uint8Array.from(few)),
      fc.tuple(fc.nat(255), fc.nat(5_000)).map(([byte, count]) => new Uint8Array(count).fill(byte)),
      fc.tuple(fc.uint8Array({ minLength: 3, maxLength: 40 }), fc.nat(200)).map(([part, count]) => {
        return Uint8Array.from({ length: part.length * count }, (_, i) => part[i % part.length] as number);
      }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => Uint8Array.from(Buffer.concat([...parts, ...parts.slice(0, 2)])));

describe("Zstandard frames", () => {
  test("of another implementation are decompressed to what they were", () => {
    fc.assert(
      fc.property(content, fc.integer({ min: 1, max: 19 }), (plain, level) => {
        expect(decompressZstd(Bun.zstdCompressSync(plain, { level }), plain.length)).toEqual(plain);
      }),
      { numRuns: 150 },
    );
  });

  test.each([1, 3, 9, 19])("of many blocks, level %d", (level) => {
    const words = ["order", "région", "42", "{", "}", '"', ":", "paid", "\n", "猫"];
    let state = 1;
    const next = () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return state >> 8;
    };
    const text = Array.from({ length: 90_000 }, () => words[next() % words.length]).join(" ");
    const noise = Uint8Array.from({ length: 200_000 }, () => next() & 0xff);
    const plain = Uint8Array.from(Buffer.concat([Buffer.from(text), noise, new Uint8Array(400_000)]));
    expect(decompressZstd(Bun.zstdCompressSync(plain, { level }), MIB + MIB)).toEqual(plain);
  });

  const hello = Bun.zstdCompressSync(new TextEncoder().encode("hello"), { level: 3 });
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

  test("may follow one another, and others between them are passed over", () => {
    const skipped = [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9];
    expect(text(decompressZstd(Uint8Array.from([...hello, ...skipped, ...hello]), MIB))).toBe("hellohello");
  });

  test("may hold exactly as much as is allowed", () => {
    expect(decompressZstd(hello, 5).length).toBe(5);
    expect(faultOf(() => decompressZstd(hello, 4))).toBe(damaged("it holds more than 4 bytes"));
  });

  /** A frame with a window of 128 KiB and these blocks: [kind, size, ...content]. */
  const frame = (...blocks: readonly (readonly number[])[]) =>
    Uint8Array.from([
      ...[0x28, 0xb5, 0x2f, 0xfd, 0, 7 << 3],
      ...blocks.flatMap(([kind = 0, size = 0, ...content], index) => {
        const header = (index === blocks.length - 1 ? 1 : 0) | (kind << 1) | (size << 3);
        return [header & 0xff, (header >> 8) & 0xff, header >> 16, ...content];
      }),
    ]);
  const compressed = (...content: readonly number[]) => frame([2, content.length, ...content]);

  test("have blocks of one byte", () => {
    expect(text(decompressZstd(frame([1, 3, 0x61], [0, 2, 0x62, 0x63]), MIB))).toBe("aaabc");
  });

  test.each([
    ["nothing", new Uint8Array(), "it is no Zstandard frame"],
    ["something else", Uint8Array.of(1, 2, 3, 4), "it is no Zstandard frame"],
    ["a reserved bit", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 8, 0), "it is of another version of Zstandard frames"],
    ["a dictionary", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 1, 0, 5), "it needs a dictionary"],
    ["an unknown kind of block", frame([3, 1, 0]), "it has an unknown kind of block"],
    ["a block of one byte that is too long", frame([1, 200_000, 1]), "a block is longer than it may be"],
    [
      "a wrong size of all",
      Uint8Array.from([...hello.subarray(0, 5), 6, ...hello.subarray(6)]),
      "it has another length than announced",
    ],
    ["the code of a block that isn't there", compressed(0x13, 0x40, 0, 1, 0), "it refers to what isn't there"],
    ["the tables of a block that isn't there", compressed(8, 65, 1, 0b11_11_11_00), "it refers to what isn't there"],
    [
      "a symbol that there isn't",
      compressed(8, 65, 1, 0b01_01_01_00, 36, 0, 0, 1),
      "a table has more symbols than there are",
    ],
    [
      "a stream of bits without a beginning",
      compressed(8, 65, 1, 0b01_01_01_00, 0, 0, 0, 0),
      "a stream of bits has no beginning",
    ],
    ["bytes behind the literals", compressed(8, 65, 0, 9), "there are bytes behind a block"],
    ["a repetition of nothing", compressed(8, 65, 1, 0b01_01_01_00, 1, 3, 0, 0b1000), "it refers to what isn't there"],
    ["literals that are too long", compressed(0b1101, 0, 0xff, 65), "a block is longer than it may be"],
  ])("with %s are none", (_, bytes, reason) => expect(faultOf(() => decompressZstd(bytes, MIB))).toBe(damaged(reason)));

  test("with any byte changed are read, or are the fault", () => {
    const plain = new TextEncoder().encode("name server broker topic queue ".repeat(40) + "0123456789abcdef".repeat(3));
    const stream = Bun.zstdCompressSync(plain, { level: 19 });
    fc.assert(
      fc.property(fc.nat(stream.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(stream);
        changed[at] = (changed[at] as number) ^ change;
        faultOf(() => expect(decompressZstd(changed, MIB).length).toBeLessThanOrEqual(MIB));
      }),
      { numRuns: 3_000 },
    );
  });

  test("of whatever blocks are read, or are the fault", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (noise) => {
        faultOf(() => expect(decompressZstd(compressed(...noise), MIB).length).toBeLessThanOrEqual(131_072));
      }),
      { numRuns: 5_000 },
    );
  });

  describe("that would fill the memory or take an age", () => {
    function inTime(bytes: Uint8Array, maxBytes = MIB): string | undefined {
      const startedAt = performance.now();
      const reason = faultOf(() => decompressZstd(bytes, maxBytes));
      expect(performance.now() - startedAt).toBeLessThan(500);
      return reason;
    }

    test("are stopped at the limit", () => {
      const zeros = Bun.zstdCompressSync(new Uint8Array(64 * MIB), { level: 3 });
      expect(zeros.length).toBeLessThan(16_384);
      expect(inTime(zeros)).toBe(damaged(`it holds more than ${MIB} bytes`));
      expect(inTime(frame(...new Array(5_000).fill([1, 131_072, 0])))).toBe(damaged(`it holds more than ${MIB} bytes`));
    });

    test("are not given the memory that they announce", () => {
      const window = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0xff, 1, 0, 0);
      expect(decompressZstd(window, MIB).length).toBe(0);
      const size = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0xe0, ...new Array(8).fill(0xff), 1, 0, 0);
      expect(inTime(size)).toBe(damaged("it has another length than announced"));
    });

    test("by tens of thousands of the longest repetitions in a few bytes end with their block", () => {
      const sequences = compressed(8, 65, 255, 0xff, 0xff, 0b01_01_01_00, 0, 0, 52, 0x80, 0, 0, 0, 1);
      expect(sequences.length).toBeLessThan(30);
      expect(inTime(sequences)).toStartWith("Cannot decompress body: ");
    });

    test("by tables for next to nothing take time that grows with their number alone", () => {
      const small = Bun.zstdCompressSync(new TextEncoder().encode("abcabdabeacbadbaecabdaeb".repeat(9)), { level: 19 });
      const time = (count: number) => {
        const many = Uint8Array.from(Buffer.concat(new Array(count).fill(small)));
        const startedAt = performance.now();
        decompressZstd(many, 64 * MIB);
        return performance.now() - startedAt;
      };
      time(1_000);
      expect(time(16_000)).toBeLessThan(Math.max(time(2_000), 10) * 32);
    });
  });
});
