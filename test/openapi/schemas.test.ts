import { describe, expect, test } from "bun:test";
import { createSchemas } from "../../src/http/openapi/schemas.ts";
import { ValueRowsOf } from "../../src/schema/rows.ts";
import { Int64, IntegerKeyed, Nullable, type TSchema, Type } from "../../src/schema/types.ts";

function described(schema: TSchema): unknown {
  return createSchemas().describe(schema);
}

const int64 = { type: "integer", format: "int64", minimum: -(2n ** 63n), maximum: 2n ** 63n - 1n };
const rows = ValueRowsOf(Type.Object({ queueId: Type.Integer() }), "offset", Type.Integer(), "offsets by queue");

describe("a schema becomes", () => {
  const table: readonly (readonly [what: string, schema: TSchema, described: object])[] = [
    ["an integer of 64 bits", Int64("how many"), { ...int64, description: "how many" }],
    ["an integer where bigints alone are meant", Type.BigInt(), { type: "integer" }],
    ["an enumeration", Type.Union([Type.Literal("a"), Type.Literal("b")]), { type: "string", enum: ["a", "b"] }],
    ["a union as it is", Nullable(Type.String()), { anyOf: [{ type: "string" }, { type: "null" }] }],
    [
      "a map of any names",
      Type.Record(Type.String(), Type.String()),
      { type: "object", additionalProperties: { type: "string" } },
    ],
    [
      "a map of integers",
      IntegerKeyed(Type.String(), "by id"),
      {
        type: "object",
        description: "by id",
        propertyNames: { pattern: "^-?[0-9]+$" },
        additionalProperties: { type: "string" },
      },
    ],
    [
      "a map of names that are not empty, in every language's patterns",
      Type.Record(Type.String({ pattern: "^[^]+$" }), Type.Integer()),
      { type: "object", propertyNames: { minLength: 1 }, additionalProperties: { type: "integer" } },
    ],
    [
      "rows without the keywords of the codecs",
      rows,
      {
        type: "array",
        description: "offsets by queue",
        items: {
          type: "object",
          required: ["queueId", "offset"],
          properties: { queueId: { type: "integer" }, offset: { type: "integer" } },
        },
      },
    ],
  ];
  test.each(table)("%s", (_, schema, expected) => {
    expect(described(schema)).toEqual(expected);
  });

  test("a reference by its title, or by one that it is given", () => {
    const schemas = createSchemas();
    const inner = Type.Object({}, { title: "Inner" });
    const outer = Type.Object({ inner, list: Type.Array(inner) });
    schemas.entitle(outer, "Outer");
    schemas.entitle(inner, "Other");
    const ref = { $ref: "#/components/schemas/Inner" };
    expect(schemas.describe(outer)).toEqual({ $ref: "#/components/schemas/Outer" });
    expect(schemas.titled()).toEqual({
      Inner: { title: "Inner", type: "object", properties: {} },
      Outer: {
        title: "Outer",
        type: "object",
        required: ["inner", "list"],
        properties: { inner: ref, list: { type: "array", items: ref } },
      },
    });
    expect(schemas.resolve(ref)).toEqual({ title: "Inner", type: "object", properties: {} });
  });
});
