import { describe, expect, test } from "bun:test";
import { answer, json, put } from "../../src/http/route.ts";
import { Type } from "../../src/schema/types.ts";
import { ownGateway } from "./support/own.ts";
import { startRig } from "./support/rig.ts";

const Value = Type.Object({ value: Type.Unknown() });
const echo = put("/echo", {
  summary: "What came",
  body: json(Value),
  answers: { 200: answer("what came", Value) },
  handle: ({ body }) => ({ status: 200, body }),
});

describe("a content-type", () => {
  test.each([
    ["application/json", 200],
    ["APPLICATION/JSON", 200],
    ["application/json; charset=utf-8", 200],
    ['application/json;charset="UTF-8"', 200],
    ["application/json; profile=x", 200],
    ["application/vnd.example.v1+json", 200],
    ["text/plain", 200],
    ["text/plain;charset=UTF-8", 200],
    ["", 415],
    ["application/json; charset=utf-16", 415],
    ["text/plain; charset=iso-8859-1", 415],
    ["application/x-www-form-urlencoded", 415],
    ["multipart/form-data; boundary=x", 415],
    ["application/octet-stream", 415],
    ["text/json", 415],
    ["json", 415],
  ])("%s is %d", async (type, status) => {
    await using rig = await startRig({ upstreams: status === 200 ? ["up"] : [{}] });
    const reply = await rig.ask("PUT /kv/n/k", { headers: { "content-type": type }, body: '{"value":"v"}' });
    expect(reply.status).toBe(status);
    expect(rig.scripted.flatMap(({ journal }) => journal)).toEqual([]);
  });

  test("of text is taken only where a route says what it means", async () => {
    await using rig = await startRig({ upstreams: [{}] });
    const reply = await rig.ask("POST /brokers/register", { headers: { "content-type": "text/plain" }, body: "{}" });
    expect(reply).toMatchObject({
      status: 415,
      body: { detail: "Cannot read the body: its content-type must be application/json" },
    });
    expect((await rig.ask("POST /brokers/register")).status).toBe(415);
  });

  test.each([
    ["identity", 200],
    ["IDENTITY", 200],
    ["gzip", 415],
    ["br", 415],
  ])("with the content-encoding %s is %d", async (coding, status) => {
    const reply = await ownGateway([echo])("PUT /echo", {
      headers: { "content-encoding": coding },
      body: { value: 1 },
    });
    expect(reply.status).toBe(status);
  });
});

describe("a body", () => {
  test.each([
    ["", "unexpected end of text at offset 0"],
    ["{", "unexpected end of text at offset 1"],
    ['{"value":"v"', "at offset 12"],
    ["{'value':'v'}", "at offset 1"],
    ['{"value":"v",}', "at offset 13"],
    ['{"value":NaN}', "at offset 9"],
    ['{"value":01}', "at offset 10"],
    ['{"value":"a\nb"}', "at offset 11"],
    ['{"value":"v"} {}', "at offset 14"],
    ['\ufeff{"value":"v"}', "at offset 0"],
    [`${"[".repeat(257)}${"]".repeat(257)}`, "more than 256 levels"],
    [`{"value":${"9".repeat(4_301)}}`, "an integer of more than 4300 digits"],
    [new Uint8Array([0x22, 0xff, 0x22]), "it is not UTF-8"],
  ])("%j is no JSON: 400", async (body, detail) => {
    await using rig = await startRig({ upstreams: [{}] });
    for (const operation of ["PUT /kv/n/k", "POST /brokers/register", "PUT /brokers/registrations/x"]) {
      const reply = await rig.ask(operation, { body });
      expect(reply).toMatchObject({ status: 400, body: { type: "/problems/invalid-argument" } });
      expect(reply.body.detail).toContain(detail);
    }
    expect(rig.scripted[0]?.journal).toEqual([]);
  });

  test.each([
    ['{"value":9223372036854775807}', '{"value":9223372036854775807}\n'],
    ['{"value":123456789012345678901234567890}', '{"value":123456789012345678901234567890}\n'],
    ['{"value":{"__proto__":{"x":1},"constructor":2}}', '{"value":{"__proto__":{"x":1},"constructor":2}}\n'],
    ['{"value":"\\ud83d\\ude00 \\u0000"}', '{"value":"😀 \\u0000"}\n'],
    ['{"value":1,"value":2}', '{"value":2}\n'],
  ])("%s arrives with every digit and name", async (body, text) => {
    expect(await ownGateway([echo])("PUT /echo", { body })).toMatchObject({ status: 200, text });
  });

  test("with half a surrogate pair is refused at each place", async () => {
    const body = '{"value":["\\ud800",{"a/~\\udc00":1,"b":"\\ud83d\\ude00"},"\\udfff"]}';
    const reply = await ownGateway([echo])("PUT /echo", { body });
    expect(reply.status).toBe(422);
    const pointers = reply.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toEqual(["/value/0", "/value/1/a~1~0\ufffd", "/value/2"]);
  });

  test("that is all wrong gets no longer an answer than it was", async () => {
    const ask = ownGateway([{ ...echo, body: json(Type.Record(Type.String(), Type.Array(Type.String()))) }]);
    const name = "n".repeat(200_000);
    const hostile = [JSON.stringify({ [name]: Array(100).fill(1) }), `{"${name}":[${Array(5_000).fill('"\\ud800"')}]}`];
    for (const body of hostile) {
      const reply = await ask("PUT /echo", { body });
      expect(reply.status).toBe(422);
      expect(reply.body.errors).toHaveLength(50);
      expect(reply.body.errors[0].pointer).toBe(`/${name.slice(0, 2_047)}…`);
      expect(reply.text.length).toBeLessThan(body.length + 100_000);
    }
  });
});

describe("a body that is too large", () => {
  const maxBodyBytes = 1_000;
  const chunkBytes = 100;

  /** A body of so many chunks, and how many were asked for. */
  function stream(chunks: number) {
    const seen = { pulled: 0, isCancelled: false };
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (seen.pulled++ < chunks) controller.enqueue(new TextEncoder().encode(" ".repeat(chunkBytes)));
          else controller.close();
        },
        cancel() {
          seen.isCancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    return { body, seen };
  }

  function request(body: BodyInit, headers: Record<string, string> = {}) {
    return new Request("http://localhost/echo", {
      method: "PUT",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
  }

  test("is 413 by its length, unread", async () => {
    const { body, seen } = stream(1_000);
    const reply = await ownGateway([echo], { maxBodyBytes })(request(body, { "content-length": "1001" }));
    expect(reply).toMatchObject({
      status: 413,
      body: { type: "/problems/too-large", detail: "Cannot read the body: it has more than 1000 bytes" },
    });
    expect(seen.pulled).toBe(0);
  });

  test("is 413 as a stream, read no further than the limit", async () => {
    const { body, seen } = stream(1_000);
    expect((await ownGateway([echo], { maxBodyBytes })(request(body))).status).toBe(413);
    expect(seen.pulled).toBeLessThanOrEqual(maxBodyBytes / chunkBytes + 2);
    expect(seen.isCancelled).toBe(true);
  });

  test("is 413 where its length lies", async () => {
    const { body } = stream(1_000);
    const reply = await ownGateway([echo], { maxBodyBytes })(request(body, { "content-length": "5" }));
    expect(reply.status).toBe(413);
  });

  test("is one byte more than what is taken", async () => {
    const ask = ownGateway([echo], { maxBodyBytes });
    const empty = JSON.stringify({ value: "" }).length;
    expect((await ask("PUT /echo", { body: { value: "x".repeat(maxBodyBytes - empty) } })).status).toBe(200);
    expect((await ask("PUT /echo", { body: { value: "x".repeat(maxBodyBytes - empty + 1) } })).status).toBe(413);
    // Bytes, not characters.
    expect((await ask("PUT /echo", { body: { value: "é".repeat(maxBodyBytes - empty - 100) } })).status).toBe(413);
  });
});
