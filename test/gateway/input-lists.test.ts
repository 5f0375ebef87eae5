import { describe, expect, test } from "bun:test";
import { answer, get } from "../../src/http/route.ts";
import { Int32, Int64, Name, Type } from "../../src/schema/types.ts";
import { ownGateway } from "./support/own.ts";

const ask = ownGateway([
  get("/search", {
    summary: "What was asked",
    query: {
      name: Type.Optional(Type.Array(Name("a name"), { maxItems: 3 })),
      size: Type.Optional(Type.Array(Int32("a size", { minimum: 1 }), { uniqueItems: true })),
      at: Type.Optional(Type.Array(Int64("an offset"))),
      flag: Type.Optional(Type.Boolean()),
    },
    answers: { 200: answer("that", Type.Object({ query: Type.Unknown() })) },
    handle: ({ query }) => ({ status: 200, body: { query } }),
  }),
  get("/must", {
    summary: "What was asked",
    query: { name: Type.Array(Type.String(), { minItems: 2 }) },
    answers: { 200: answer("that", Type.Object({ query: Type.Unknown() })) },
    handle: ({ query }) => ({ status: 200, body: { query } }),
  }),
]);

describe("a query parameter that is a list", () => {
  test.each([
    ["/search", {}],
    ["/search?name=a", { name: ["a"] }],
    ["/search?name=b&flag=true&name=a&name=b", { name: ["b", "a", "b"], flag: true }],
    ["/search?name=%25RETRY%25g&name=a%2Cb&name=%F0%9F%98%80", { name: ["%RETRY%g", "a,b", "😀"] }],
    ["/search?size=2&size=1", { size: [2, 1] }],
    ["/search?at=9223372036854775807&at=-1", { at: [2n ** 63n - 1n, -1] }],
    ["/must?name=&name=a", { name: ["", "a"] }],
  ])("%s is taken", async (path, query) => {
    expect((await ask(`GET ${path}`)).body.query).toEqual(query);
  });

  test.each([
    ["/search?name=", { "?name": "must not have fewer than 1 characters" }],
    ["/search?name=a&name=b&name=c&name=d", { "?name": "must not have more than 3 items" }],
    ["/search?size=1&size=x", { "?size": "must be an integer" }],
    ["/search?size=0", { "?size": "must be >= 1" }],
    ["/search?size=1&size=1", { "?size": "must not have duplicate items" }],
    ["/search?name=a&flag=true&flag=true", { "?flag": "is given more than once" }],
    ["/search?name=%ff", { "?name": "is not percent-encoded UTF-8" }],
    ["/must", { "?name": "must be an array" }],
    ["/must?name=a", { "?name": "must not have fewer than 2 items" }],
  ])("%s is 400", async (path, errors) => {
    const { status, body } = await ask(`GET ${path}`);
    expect({ status, type: body.type }).toEqual({ status: 400, type: "/problems/invalid-argument" });
    expect(body.errors).toEqual(Object.entries(errors).map(([pointer, detail]) => ({ pointer, detail })));
  });
});
