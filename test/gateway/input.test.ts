import { describe, expect, test } from "bun:test";
import { answer, get } from "../../src/http/route.ts";
import { Int32, Int64, Name, Type } from "../../src/schema/types.ts";
import { ownGateway } from "./support/own.ts";
import { startRig } from "./support/rig.ts";

const Search = Type.Object({ params: Type.Unknown(), query: Type.Unknown() });
const ask = ownGateway([
  get("/search/{first}/{second}", {
    summary: "What was asked",
    query: {
      text: Name("a text"),
      count: Type.Optional(Int32("a count", { minimum: 1, maximum: 10 })),
      at: Type.Optional(Int64("an offset")),
      flag: Type.Optional(Type.Boolean()),
    },
    answers: { 200: answer("that", Search) },
    handle: ({ params, query }) => ({ status: 200, body: { params, query } }),
  }),
]);

describe("a path parameter", () => {
  test.each([
    ["a", "a"],
    ["%25RETRY%25g", "%RETRY%g"],
    ["%2Fa%2Fb%2F", "/a/b/"],
    ["a%3Fb%23c%26d", "a?b#c&d"],
    ["%C3%A9%F0%9F%98%80", "é😀"],
    ["%252F", "%2F"],
    ["a+b%20c", "a+b c"],
    ["%00%0A%7F", "\0\n\x7f"],
    ["%5C..%5C", "\\..\\"],
    ["__proto__", "__proto__"],
    ["a;b=c,d:e@f$g!", "a;b=c,d:e@f$g!"],
  ])("%s is %j", async (encoded, name) => {
    const { status, body } = await ask(`GET /search/${encoded}/${encoded}?text=t`);
    expect({ status, body }).toEqual({
      status: 200,
      body: { params: { first: name, second: name }, query: { text: "t" } },
    });
  });
});

describe("a query", () => {
  test.each([
    ["text=t", { text: "t" }],
    ["text=a+b%20c%26%3D%25", { text: "a b c&=%" }],
    ["text=t&count=10&at=9223372036854775807&flag=true", { text: "t", count: 10, at: 2n ** 63n - 1n, flag: true }],
    ["at=-9007199254740993&text=%F0%9F%98%80&flag=false", { text: "😀", at: -9007199254740993n, flag: false }],
    ["text=true", { text: "true" }],
    ["%74ext=t", { text: "t" }],
  ])("%s is taken", async (query, values) => {
    expect((await ask(`GET /search/a/b?${query}`)).body.query).toEqual(values);
  });

  test.each([
    ["", { "?text": "must be a string" }],
    ["text=", { "?text": "must not have fewer than 1 characters" }],
    ["text=t&count=0", { "?count": "must be >= 1" }],
    ["text=t&count=11", { "?count": "must be <= 10" }],
    ["text=t&count=1.0", { "?count": "must be an integer" }],
    ["text=t&count=1e1", { "?count": "must be an integer" }],
    ["text=t&count=", { "?count": "must be an integer" }],
    ["text=t&count=%20%201", { "?count": "must be an integer" }],
    ["text=t&at=9223372036854775808", { "?at": "must be an integer" }],
    ["text=t&flag=1", { "?flag": "must be a boolean" }],
    ["text=t&flag", { "?flag": "must be a boolean" }],
    ["text=t&flag=TRUE", { "?flag": "must be a boolean" }],
    ["text=t&text=u", { "?text": "is given more than once" }],
    ["text=t&more=1", { "?more": "is not known here" }],
    ["text=t&__proto__=1&toString=1", { "?__proto__": "is not known here", "?toString": "is not known here" }],
    ["text=%ff", { "?text": "is not percent-encoded UTF-8" }],
    ["text=100%", { "?text": "is not percent-encoded UTF-8" }],
  ])("%s is 400", async (query, errors) => {
    const { status, body } = await ask(`GET /search/a/b?${query}`);
    expect({ status, type: body.type }).toEqual({ status: 400, type: "/problems/invalid-argument" });
    expect(body.errors).toEqual(Object.entries(errors).map(([pointer, detail]) => ({ pointer, detail })));
  });
});

test("everything that is wrong outside the body is said at once", async () => {
  const { status, body } = await ask("GET /search/%ff/%E0%A4?text=a&text=b&x=1&count=0&flag=%zz");
  expect(status).toBe(400);
  expect(body.errors).toEqual([
    { pointer: "{first}", detail: "is not percent-encoded UTF-8" },
    { pointer: "{second}", detail: "is not percent-encoded UTF-8" },
    { pointer: "?flag", detail: "is not percent-encoded UTF-8" },
    { pointer: "?text", detail: "is given more than once" },
    { pointer: "?x", detail: "is not known here" },
    { pointer: "?count", detail: "must be >= 1" },
    { pointer: "?flag", detail: "must be a boolean" },
  ]);
});

test.each([
  "GET /kv/%ff/k",
  "PUT /kv/n/%",
  "GET /topics/%C3/route",
  "DELETE /brokers/registrations/%ff",
  "GET /version?pretty=true",
  "POST /brokers/register?oneway=1",
  "PUT /brokers/registrations/x?deleteStale=true&deleteStale=true",
])("%s is 400 and nothing is sent", async (operation) => {
  await using rig = await startRig({ upstreams: [{}] });
  expect(await rig.ask(operation, operation.startsWith("P") ? { body: {} } : {})).toMatchObject({ status: 400 });
  expect(rig.scripted[0]?.journal).toEqual([]);
});
