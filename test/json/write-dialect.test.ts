import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseDialect } from "../../src/json/dialect.ts";
import type { JsonValue } from "../../src/json/value.ts";
import { stringifyDialect } from "../../src/json/write-dialect.ts";

const bare = (value: JsonValue) => stringifyDialect(value, { integerKeys: "bare" });
const quoted = (value: JsonValue) => stringifyDialect(value, { integerKeys: "quoted" });

describe("stringifyDialect", () => {
  test("writes integer keys bare or quoted", () => {
    const map = new Map<JsonValue, JsonValue>([
      [0, "a"],
      [-1, "b"],
      [9007199254740993n, "c"],
    ]);
    expect(bare(map)).toBe('{0:"a",-1:"b",9007199254740993:"c"}');
    expect(quoted(map)).toBe('{"0":"a","-1":"b","9007199254740993":"c"}');
    expect(bare({ "0": "a" })).toBe('{"0":"a"}');
  });

  test("writes object keys bare, and other keys as text", () => {
    const map = new Map<JsonValue, JsonValue>([
      [{ brokerName: "b", queueId: 0 }, 0],
      [[1, "a"], 1],
      ["t", 2],
      [null, 3],
    ]);
    for (const write of [bare, quoted]) {
      expect(write({ offsetTable: map })).toBe(
        '{"offsetTable":{{"brokerName":"b","queueId":0}:0,[1,"a"]:1,"t":2,"null":3}}',
      );
    }
    expect(bare(new Map([[new Map([[0, 1]]), 2]]))).toBe("{{0:1}:2}");
  });

  test("leaves null and undefined members out, and keeps null items", () => {
    const value = {
      a: null,
      b: undefined,
      c: [null],
      d: new Map<JsonValue, JsonValue>([
        [0, null],
        [1, 1],
      ]),
      e: {},
    };
    expect(bare(value as unknown as JsonValue)).toBe('{"c":[null],"d":{1:1},"e":{}}');
  });

  test("keeps the order of members and every digit", () => {
    expect(bare({ z: 9223372036854775807n, a: NaN, m: "中\u0001" })).toBe(
      '{"z":9223372036854775807,"a":null,"m":"中\\u0001"}',
    );
  });

  test("refuses cycles and too long a text", () => {
    const cycle: { [key: string]: JsonValue } = {};
    cycle.self = new Map<JsonValue, JsonValue>([[0, cycle]]);
    expect(() => bare(cycle)).toThrow("Cannot write JSON: an object contains itself");
    expect(() => stringifyDialect([1, 2], { integerKeys: "bare", maxChars: 4 })).toThrow("longer than 4 characters");
  });

  test("is undone by parseDialect", () => {
    const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.integer(),
        fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
        fc.string({ unit: "binary" }),
        fc.array(tie("value")),
        fc.dictionary(
          fc.string().filter((key) => key !== "$ref"),
          tie("value"),
        ),
        fc
          .uniqueArray(fc.tuple(fc.record({ queueId: fc.nat() }), tie("value")), {
            minLength: 1,
            selector: ([{ queueId }]) => queueId,
          })
          .map((entries) => new Map<JsonValue, JsonValue>(entries)),
      ),
    }));
    fc.assert(
      fc.property(value, (each) => {
        expect(parseDialect(bare(each))).toEqual(each);
        expect(parseDialect(quoted(each))).toEqual(each);
      }),
      { numRuns: 500 },
    );
  });
});
