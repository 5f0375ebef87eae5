import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { conformsTo } from "../../src/body/conforms.ts";
import { fromWire } from "../../src/body/from-wire.ts";
import { shapeOf } from "../../src/body/shape.ts";
import { TopicRouteData } from "../../src/body/topic-route.ts";
import { parseDialect } from "../../src/json/dialect.ts";
import { parseStandard } from "../../src/json/standard.ts";
import { Int32, Int64, IntegerKeyed, Type } from "../../src/schema/types.ts";

const Everything = Type.Object({
  text: Type.String(),
  flag: Type.Boolean(),
  small: Int32("an integer"),
  large: Type.Optional(Int64("a large one")),
  real: Type.Optional(Type.Number()),
  any: Type.Optional(Type.Unknown()),
  list: Type.Array(Int32("an item")),
  map: Type.Record(Type.String(), Type.String()),
  byId: Type.Optional(IntegerKeyed(Type.Object({ text: Type.String() }), "by id")),
});
const renamed = new Map([["smoll", "small"]]);

const member = fc.constantFrom("text", "flag", "small", "large", "real", "any", "list", "map", "byId", "smoll", "$ref");
const scalar = fc.oneof(
  fc.constantFrom("null", "true", "1", "-1", "1.5", "9007199254740993", "-9223372036854775808", "1e3"),
  fc.oneof(fc.string(), fc.constantFrom(",1:", "{2:{3:")).map((text) => JSON.stringify(text)),
);
const { value: json } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }).map((items) => `[${items.join(",")}]`),
    fc
      .array(fc.tuple(fc.oneof(member, fc.constantFrom("0", "-7", "__proto__")), tie("value")), { maxLength: 8 })
      // Numbers stand bare as keys, as fastjson writes them.
      .map(
        (entries) =>
          `{${entries.map(([name, value]) => `${/^-?[0-9]+$/.test(name) ? name : `"${name}"`}:${value}`).join(",")}}`,
      ),
  ),
}));
/** Often what is wanted, so that the test of tests has both answers to give. */
const wanted = fc
  .tuple(scalar, fc.option(json), fc.constantFrom("1", "9007199254740993", "1.5"))
  .map(
    ([any, extra, large]) =>
      `{"text":"t","flag":true,"small":1,"large":${large},"any":${any},"list":[1],"map":{"a":"b"}${extra === null ? "" : `,"extra":${extra}`}}`,
  );

describe("what conforms", () => {
  const shape = shapeOf(Everything);
  const conforms = conformsTo(shape, renamed);

  test("is what the reader of the dialect makes of the same text", () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(fc.oneof(json, wanted), (text) => {
        const value = parseStandard(text);
        const passes = conforms(value);
        seen.add(passes);
        if (passes) expect(value).toEqual(fromWire(shape, parseDialect(text), renamed));
      }),
      { numRuns: 3_000 },
    );
    expect(seen).toEqual(new Set([true, false]));
  });

  test.each([
    ["a null", '{"queueDatas":[],"brokerDatas":[],"filterServerTable":null}'],
    ["an absent list", '{"brokerDatas":[],"filterServerTable":{}}'],
    ["a reference", '{"queueDatas":[],"brokerDatas":[{"$ref":"$"}],"filterServerTable":{}}'],
    ["a rounded integer", '{"queueDatas":[],"brokerDatas":[],"filterServerTable":{},"since":9007199254740993}'],
    ["a text for an integer", '{"queueDatas":[{"perm":"6"}],"brokerDatas":[],"filterServerTable":{}}'],
    ["nothing", "null"],
  ])("%s doesn't", (_what, text) => {
    expect(conformsTo(shapeOf(TopicRouteData), new Map())(JSON.parse(text))).toBe(false);
  });

  test("an empty route does", () => {
    const text = '{"queueDatas":[],"brokerDatas":[],"filterServerTable":{}}';
    expect(conformsTo(shapeOf(TopicRouteData), new Map())(JSON.parse(text))).toBe(true);
  });
});
