import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { jsonBody } from "../../src/body/json.ts";
import { MessageQueue } from "../../src/body/message-queue.ts";
import { Fault } from "../../src/errors.ts";
import { RowsOf, ValueRowsOf } from "../../src/schema/rows.ts";
import { Int32, Int64, Type } from "../../src/schema/types.ts";
import { contextOf, decoded, encoded } from "./golden.ts";

const Ends = Type.Object({ min: Int64("first"), max: Int64("last"), note: Type.Optional(Type.String()) });
const Tables = Type.Object({
  ends: RowsOf(MessageQueue, Ends, "ends by queue"),
  offsets: Type.Optional(ValueRowsOf(MessageQueue, "offset", Int64("offset"), "offset by queue")),
  byClient: Type.Optional(
    Type.Record(Type.String(), ValueRowsOf(MessageQueue, "count", Int32("messages"), "count by queue")),
  ),
});
const tables = jsonBody(Tables);
const context = contextOf("5.5.0");
const read = (text: string) => tables.decode(encoded(text), context);
const write = (value: Parameters<typeof tables.encode>[0]) => decoded(tables.encode(value, context));

const key = '{"brokerName":"b","queueId":3,"topic":"T"}';
const queue = { brokerName: "b", queueId: 3, topic: "T" };

describe("a map whose keys are objects", () => {
  test("is read as rows, and rows are written as such a map", () => {
    const text = `{"ends":{${key}:{"min":0,"max":9007199254740993}},"offsets":{${key}:7}}`;
    const value = { ends: [{ ...queue, min: 0, max: 9007199254740993n }], offsets: [{ ...queue, offset: 7 }] };
    expect(read(text)).toEqual(value);
    expect(write(value)).toBe(text);
  });

  test("may be the value of another map", () => {
    const text = `{"ends":{},"byClient":{"c@1":{${key}:5},"c@2":{}}}`;
    const value = { ends: [], byClient: { "c@1": [{ ...queue, count: 5 }], "c@2": [] } };
    expect(read(text)).toEqual(value);
    expect(write(value)).toBe(text);
  });

  test.each(["{}", '{"ends":null}', '{"ends":{}}', '{"ends":[]}'])("%s has no rows", (text) => {
    expect(read(text)).toEqual({ ends: [] });
  });

  test("may come as rows already, as brokers write it to clients in C++", () => {
    expect(read('{"offsets":[{"brokerName":"b","offset":"7","queueId":3,"topic":"T"}]}').offsets).toEqual([
      { ...queue, offset: 7 },
    ]);
  });

  test("is read as leniently as any other: quoted integers, nulls, unknown members", () => {
    const text = `{"ends":{{"brokerName":"b","queueId":"3","topic":"T","x":1}:{"min":"0","max":null,"y":[2]}}}`;
    expect(read(text)).toEqual({ ends: [{ ...queue, x: 1, min: 0, y: [2] } as never] });
  });

  test("has a row without values where the value is null", () => {
    expect(read(`{"ends":{${key}:null},"offsets":{${key}:null}}`)).toEqual({
      ends: [queue as never],
      offsets: [queue as never],
    });
  });

  test("of 3.2.6 may be referred to from elsewhere", () => {
    const shared = `{"byClient":{"a":{${key}:5},"b":{"$ref":"$.byClient.a"}}}`;
    const { byClient } = tables.decode(encoded(shared), contextOf("3.2.6"));
    expect(byClient).toEqual({ a: [{ ...queue, count: 5 }], b: [{ ...queue, count: 5 }] });
  });

  test("keeps names that mean something to JavaScript", () => {
    const text =
      '{"ends":{{"brokerName":"__proto__","queueId":0,"topic":"constructor","__proto__":1}:{"min":0,"max":0}}}';
    const [row] = read(text).ends;
    expect(row).toMatchObject({ brokerName: "__proto__", topic: "constructor" });
    expect(Object.hasOwn(row as object, "__proto__")).toBe(true);
    expect("polluted" in {}).toBe(false);
  });
});

describe("what has no place in a row is undecodable", () => {
  test.each([
    ['{"ends":{"T":{"min":0,"max":0}}}', "a key of ends is not an object"],
    ['{"ends":{0:{"min":0,"max":0}}}', "a key of ends is not an object"],
    [`{"ends":{${key}:5}}`, "a value of ends is not an object"],
    [`{"ends":{${key}:[1]}}`, "a value of ends is not an object"],
    [`{"ends":{[1]:{"min":0,"max":0}}}`, "a key of ends is not an object"],
    [`{"offsets":{${key}:{}}}`, "offset is not an integer"],
    [`{"offsets":{${key}:"x"}}`, "offset is not an integer"],
    ['{"ends":5}', "ends is not an array"],
    ['{"ends":[[]]}', "an item of ends is not an object"],
  ])("%s", (text, reason) => {
    expect(() => read(text)).toThrow(`Cannot decode body: ${reason}`);
  });

  test("so that rows which share one large value can't outgrow the body", () => {
    const members = Array.from({ length: 20_000 }, (_, i) => `"m${i}":0`).join();
    const rows = Array.from({ length: 20_000 }, (_, i) => `{"queueId":${i}}:{"$ref":"$.big"}`).join();
    const startedAt = performance.now();
    expect(() => tables.decode(encoded(`{"big":{${members}},"ends":{${rows}}}`), contextOf("3.2.6"))).toThrow(
      "Cannot decode body: a value of ends has more than 64 members",
    );
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  test("and a long name is cut in the message", () => {
    const byName = jsonBody(Type.Record(Type.String(), ValueRowsOf(MessageQueue, "n", Int32("n"), "rows")));
    expect(() => byName.decode(encoded(`{"${"k".repeat(100_000)}":{"a":1}}`), context)).toThrow(
      `Cannot decode body: a key of ${"k".repeat(200)} is not an object`,
    );
  });
});

describe("rows that are written", () => {
  test("have the members of the key in the key, whatever their order", () => {
    expect(write({ ends: [{ max: 2, topic: "T", min: 1, queueId: 3, brokerName: "b" }] })).toBe(
      '{"ends":{{"topic":"T","queueId":3,"brokerName":"b"}:{"max":2,"min":1}}}',
    );
  });

  test("that are no objects are refused", () => {
    for (const row of [5, null, "x", []]) {
      expect(() => write({ ends: [row as never] })).toThrow(Fault);
    }
  });

  test("are read as they were, 64-bit integers exact", () => {
    const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => {
      const near = Number(value);
      return Number.isSafeInteger(near) ? near : value;
    });
    const name = fc.string({ unit: "grapheme", maxLength: 8 });
    const row = fc.record({ brokerName: name, queueId: fc.nat(), topic: name, min: int64, max: int64, note: name });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (ends) => {
        expect(read(write({ ends }))).toEqual({ ends });
      }),
    );
  });
});
