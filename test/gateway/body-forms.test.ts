import { describe, expect, test } from "bun:test";
import { answer, type BodyForm, json, post } from "../../src/http/route.ts";
import { Int32, Type } from "../../src/schema/types.ts";
import { ownGateway } from "./support/own.ts";

const Shown = Type.Object({ as: Type.String(), text: Type.String() });
type Shown = { as: string; text: string };

/** A form that says by which name it was read. */
const form = (as: string, takes: BodyForm["takes"]): BodyForm<Shown> => ({
  media: "*/*",
  schema: Type.String({ description: "a text" }),
  takes,
  read: async ({ bytes }) => ({ as, text: new TextDecoder().decode(await bytes()) }),
});

const echo = post("/echo", {
  summary: "What came",
  access: "read",
  headers: { "x-count": Type.Optional(Type.String({ description: "a count", pattern: "^[0-9]$" })) },
  body: {
    ...json(Shown),
    forms: [
      form("marked", (_type, headers) => headers.has("x-marked")),
      form("csv", (type) => type === "text/csv"),
      form("none", (type) => type === ""),
    ],
  },
  answers: { 200: answer("what came", Type.Object({ ...Shown.properties, count: Type.Optional(Type.String()) })) },
  handle: ({ body, headers }) => {
    const count = headers["x-count"];
    return { status: 200, body: { ...body, ...(count !== undefined && { count }) } };
  },
});
const ask = ownGateway([echo], { maxBodyBytes: 64 });
const sent = (type: string, headers: Record<string, string> = {}, text = '{"as":"json","text":"x"}') =>
  ask("POST /echo", { body: text, headers: { "content-type": type, ...headers } });

describe("a form of a body", () => {
  test.each([
    ["text/csv; header=present", {}, "csv"],
    ["TEXT/CSV", {}, "csv"],
    ["", {}, "none"],
    ["application/json", {}, "json"],
    ["application/json", { "x-marked": "1" }, "marked"],
    ["text/csv", { "x-marked": "1" }, "marked"],
  ])("is chosen by %j and %j", async (type, headers, as) => {
    const { status, body } = await sent(type, headers as Record<string, string>);
    expect([status, body.as]).toEqual([200, as]);
  });

  test("is bounded, and has no coding", async () => {
    expect((await sent("text/csv", {}, "x".repeat(65))).status).toBe(413);
    expect((await sent("text/csv", { "content-encoding": "gzip" })).status).toBe(415);
  });

  test("that no route knows is refused with those that it knows", async () => {
    const { status, body } = await sent("text/html");
    expect([status, body.detail]).toEqual([415, expect.stringContaining("application/json or */*")]);
  });
});

test("a header that a route names is checked", async () => {
  expect((await sent("text/csv", { "x-count": "7" })).body.count).toBe("7");
  expect(await sent("text/csv", { "x-count": "many" })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: "header:x-count" }] },
  });
});

test("a body of alternatives is told what is wrong with the one that it is", async () => {
  const One = Type.Object({ a: Int32("a number") }, { additionalProperties: false });
  const Many = Type.Array(One);
  const schema = Type.Union([One, Many]);
  const route = post("/either", {
    summary: "One or many",
    access: "read",
    body: { schema, schemaFor: (value: unknown) => (Array.isArray(value) ? Many : One) },
    answers: { 200: answer("nothing", Type.Object({})) },
    handle: () => ({ status: 200, body: {} }),
  });
  const either = ownGateway([route]);
  const places = async (body: unknown) =>
    (await either("POST /either", { body })).body.errors.map(({ pointer }: { pointer: string }) => pointer);
  expect(await places({ a: "x" })).toEqual(["/a"]);
  expect(await places([{ a: 1 }, { b: 1 }])).toEqual(expect.arrayContaining(["/1/a", "/1/b"]));
});
