import { expect, test } from "bun:test";
import { violationsOf } from "../../src/http/validate.ts";
import { RowsOf, ValueRowsOf } from "../../src/schema/rows.ts";
import { Int32, publicSchema, type Static, Type } from "../../src/schema/types.ts";

const Queue = Type.Object({ topic: Type.String(), queueId: Int32("queue") });
const Ends = RowsOf(Queue, Type.Object({ min: Int32("first"), max: Type.Optional(Int32("last")) }), "ends by queue");
const Counts = ValueRowsOf(Queue, "count", Int32("messages"), "count by queue");

test("rows have the members of key and value, of their types", () => {
  const ends: Static<typeof Ends> = [{ topic: "T", queueId: 0, min: 1 }];
  const counts: Static<typeof Counts> = [{ topic: "T", queueId: 0, count: 1 }];
  expect([violationsOf(Ends, ends), violationsOf(Counts, counts)]).toEqual([[], []]);
  expect(violationsOf(Ends, [{ topic: "T", queueId: 0 }])).toEqual([{ pointer: "/0/min", detail: "is required" }]);
  expect(violationsOf(Counts, [{ topic: "T", queueId: "0", count: 1 }])).toEqual([
    { pointer: "/0/queueId", detail: "must be an integer" },
  ]);
});

test("to others they are plain lists whose keywords tell what identifies a row", () => {
  expect(publicSchema(Counts)).toMatchObject({
    type: "array",
    description: "count by queue",
    "x-map-key": ["topic", "queueId"],
    "x-map-value": "count",
    items: { type: "object", required: ["topic", "queueId", "count"] },
  });
  expect(publicSchema(Ends)).toMatchObject({
    "x-map-key": ["topic", "queueId"],
    items: { required: ["topic", "queueId", "min"] },
  });
  expect(publicSchema(Ends)).not.toHaveProperty("x-map-value");
});
