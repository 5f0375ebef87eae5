import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { int64 } from "../../src/json/value.ts";
import { createPlaces, parseVector, VECTOR } from "../../src/messages/vector.ts";
import { faultOf } from "../support/fault-of.ts";

const offset = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(int64);
const brokerName = fc.string({ minLength: 1, unit: "grapheme" });

describe("a vector", () => {
  test("reads as it is written", () => {
    const places = createPlaces(parseVector("1700000000000;b1:12,7,,3;b%3B2:9007199254740993"));
    expect(places.get("b1", 0)).toBe(12);
    expect(places.get("b1", 2)).toBeUndefined();
    expect(places.get("b;2", 0)).toBe(9007199254740993n);
    places.set("b1", 2, 1);
    places.set("b3", 1, 5);
    expect(places.text()).toBe("1700000000000;b1:12,7,1,3;b%3B2:9007199254740993;b3:,5");
  });

  test("comes back whole from its text, whatever brokers are called", () => {
    const entries = fc.dictionary(brokerName, fc.array(fc.option(offset, { nil: undefined }), { minLength: 1 }));
    fc.assert(
      fc.property(fc.nat(), entries, (since, byBroker) => {
        const offsets = new Map(Object.entries(byBroker));
        const text = createPlaces({ since, offsets }).text();
        expect(text).toMatch(new RegExp(VECTOR));
        // It travels as a header.
        expect(text).toMatch(/^[\x21-\x7e]+$/);
        expect(parseVector(text)).toEqual({ since, offsets });
      }),
    );
  });

  test.each(["", "x", "1;b1", "1;b1:x", "1;:1", "1;b1:-1", "1;b1:9999999999999999999", "1;%:1", "1;b1:1;", "1;b1:1:2"])(
    "isn't %j",
    async (text) => {
      const parsing = Promise.resolve(text).then(parseVector);
      expect((await faultOf(parsing)).fault).toBe("invalid-argument");
    },
  );
});
