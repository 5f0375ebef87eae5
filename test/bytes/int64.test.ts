import { expect, test } from "bun:test";
import fc from "fast-check";
import { int64At, setInt64 } from "../../src/bytes/int64.ts";

const longs = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -(2n ** 53n) - 2n, max: -(2n ** 53n) + 2n }),
  fc.bigInt({ min: 2n ** 53n - 2n, max: 2n ** 53n + 2n }),
  fc.bigInt({ min: -5n, max: 5n }),
);

test("every long is read and written as a DataView does, and is a number where that is exact", () => {
  fc.assert(
    fc.property(longs, (long) => {
      const bytes = new Uint8Array(10);
      const view = new DataView(bytes.buffer);
      view.setBigInt64(1, long);
      const value = int64At(bytes, 1);
      expect(BigInt(value)).toBe(long);
      expect(typeof value).toBe(Number.isSafeInteger(Number(long)) ? "number" : "bigint");
      const written = new Uint8Array(10);
      setInt64(written, 1, value);
      expect(written).toEqual(bytes);
    }),
  );
});
