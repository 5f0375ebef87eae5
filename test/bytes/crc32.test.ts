import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { crc32 } from "../../src/bytes/crc32.ts";
import { fromHex, crc32 as other } from "../../tools/golden/bytes.ts";
import { samplesIn } from "../golden/samples.ts";

describe("crc32", () => {
  test("is what UtilAll.crc32 of every generation says", async () => {
    const samples = (await samplesIn("frames.json")).filter(({ id }) => String(id).startsWith("crc32-"));
    expect(samples.map(({ version }) => version)).toEqual(["3.2.6", "4.9.7", "5.5.0"]);
    for (const sample of samples) {
      expect(crc32(fromHex(String(sample.inputHex)))).toBe(Number(sample.crc32));
      expect(crc32(fromHex(String(sample.inputHex2)))).toBe(Number(sample.crc32_2));
    }
  });

  test("of nothing is 0", () => expect(crc32(new Uint8Array(0))).toBe(0));

  test("agrees with another implementation and is never negative", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(crc32(bytes)).toBe(other(bytes));
        expect(crc32(bytes)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
