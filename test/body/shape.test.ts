import { expect, test } from "bun:test";
import { entryShape, isIntegerKeyed, memberShape, shapeOf } from "../../src/body/shape.ts";
import { Int32, IntegerKeyed, Type } from "../../src/schema/types.ts";

const schema = Type.Object({
  byId: Type.Optional(IntegerKeyed(Int32("a number"), "by id")),
  byName: Type.Record(Type.String(), Type.String()),
});

test("only declared members have a shape, not what every object inherits", () => {
  const shape = shapeOf(schema);
  expect(memberShape(shape, "byName")).toMatchObject({ type: "object" });
  for (const name of ["other", "constructor", "__proto__", "toString"])
    expect(memberShape(shape, name)).toBeUndefined();
  expect(memberShape({}, "byId")).toBeUndefined();
});

test("maps know the shape of their values, and whether their keys are integers", () => {
  const [byId = {}, byName = {}] = ["byId", "byName"].map((name) => memberShape(shapeOf(schema), name));
  expect(entryShape(byId)).toMatchObject({ type: "integer" });
  expect(entryShape(byName)).toEqual({ type: "string" });
  expect(entryShape(shapeOf(schema))).toBeUndefined();
  expect([byId, byName, shapeOf(schema)].map(isIntegerKeyed)).toEqual([true, false, false]);
});
