import { describe, expect, test } from "bun:test";
import { utf8 } from "../../src/bytes/utf8.ts";
import { startRig, type Upstream } from "../gateway/support/rig.ts";
import type { Handler } from "../support/scripted-connection.ts";
import type { ScriptOptions } from "../support/scripted-server.ts";
import { closing, garbage, refusing, silent } from "../support/scripts.ts";
import { register } from "./support.ts";

/** Every read that asks a name server, with its request code. */
const reads: readonly (readonly [operation: string, code: number])[] = [
  ["GET /clusters", 106],
  ["GET /clusters/c1", 106],
  ["GET /brokers", 106],
  ["GET /brokers/b1", 106],
  ["GET /topics/t/route", 105],
  ["GET /kv/n", 219],
  ["GET /kv/n/k", 101],
  ["GET /readyz", 219],
];

/** Answers every read so. */
function answering(handler: Handler): ScriptOptions {
  return { handlers: Object.fromEntries([101, 105, 106, 219].map((code) => [code, handler])) };
}

describe("a read goes on to the next name server when the first", () => {
  const firsts: readonly (readonly [what: string, first: Upstream])[] = [
    ["is gone", "down"],
    ["hangs up", answering(closing)],
    ["is silent", answering(silent)],
    ["talks garbage", answering(garbage)],
  ];

  test.each(firsts)("%s", async (_, first) => {
    await using rig = await startRig({
      upstreams: [first, "up"],
      limits: { timeoutMillis: 200, readyTimeoutMillis: 200 },
    });
    expect((await register(rig.ask, { timeoutMillis: 100 }, "t")).status).toBe(207);
    await rig.ask("PUT /kv/n/k", { body: { value: "v" } });
    for (const [operation] of reads) {
      const { status } = await rig.ask(operation);
      expect({ operation, status }).toEqual({ operation, status: 200 });
    }
  });
});

describe("a refusal", () => {
  const table: readonly (readonly [code: number, status: number, type: string, codeName: string | null])[] = [
    [1, 502, "system-error", "SYSTEM_ERROR"],
    [2, 503, "system-busy", "SYSTEM_BUSY"],
    [3, 501, "request-code-not-supported", "REQUEST_CODE_NOT_SUPPORTED"],
    [16, 403, "no-permission", "NO_PERMISSION"],
    [17, 404, "topic-not-exist", "TOPIC_NOT_EXIST"],
    [22, 404, "query-not-found", "QUERY_NOT_FOUND"],
    [206, 404, "consumer-not-online", "CONSUMER_NOT_ONLINE"],
    [215, 429, "flow-control", "FLOW_CONTROL"],
    [777, 502, "code-777", null],
  ];

  test.each(table)(
    "with code %d is %d of its own server, and the next isn't asked",
    async (code, status, type, codeName) => {
      await using rig = await startRig({ upstreams: [answering(refusing(code, "because")), answering(silent)] });
      for (const [operation, requestCode] of reads.filter(([each]) => each !== "GET /readyz")) {
        const { body, headers } = await rig.ask(operation);
        const target = rig.scripted[0]?.name;
        expect({ operation, ...body }).toMatchObject({
          operation,
          status,
          type: `/problems/${type}`,
          detail: "because",
          code,
          codeName,
          requestCode,
          target,
        });
        expect(headers.get("retry-after")).toBe(status === 503 || status === 429 ? "1" : null);
      }
      expect((await rig.ask("GET /readyz")).status).toBe(200);
      expect(rig.scripted[1]?.journal).toEqual([]);
    },
  );
});

describe("a read fails when", () => {
  const notFrames: Handler = () => ({ body: utf8("{{not json") });
  const cases: readonly (readonly [what: string, upstreams: readonly Upstream[], status: number, type: string])[] = [
    ["all are gone", ["down", "down"], 502, "connect-failed"],
    ["all hang up", [answering(closing), answering(closing)], 502, "closed"],
    ["all are silent", [answering(silent), answering(silent)], 504, "timeout"],
    ["all talk garbage", [answering(garbage)], 502, "undecodable"],
    ["none is configured", [], 503, "unavailable"],
  ];

  test.each(cases)("%s", async (_, upstreams, status, type) => {
    await using rig = await startRig({ upstreams, limits: { timeoutMillis: 100, readyTimeoutMillis: 100 } });
    for (const [operation] of reads.filter(([each]) => each !== "GET /readyz")) {
      const startedAt = performance.now();
      const { body, headers } = await rig.ask(operation);
      expect({ operation, ...body }).toMatchObject({ operation, status, type: `/problems/${type}` });
      expect(headers.get("retry-after")).toBe(status === 503 ? "1" : null);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    }
    const ready = await rig.ask("GET /readyz");
    expect(ready).toMatchObject({ status: 503, body: { type: "/problems/unavailable" } });
    expect(ready.headers.get("retry-after")).toBe("1");
    expect((await rig.ask("GET /healthz")).status).toBe(200);
    expect(rig.logged).toEqual([]);
  });

  test.each([
    ["the body is none", notFrames],
    ["the body of a route is missing", () => ({})],
  ])("%s", async (_, handler: Handler) => {
    await using rig = await startRig({ upstreams: [answering(handler)] });
    expect(await rig.ask("GET /topics/t/route")).toMatchObject({
      status: 502,
      body: { type: "/problems/undecodable" },
    });
  });

  test("what it asks for isn't there", async () => {
    await using rig = await startRig();
    for (const operation of ["GET /clusters/none", "GET /brokers/none", "GET /brokers/registrations/none"]) {
      expect(await rig.ask(operation)).toMatchObject({ status: 404, body: { type: "/problems/not-found" } });
    }
    for (const [operation, code] of [
      ["GET /topics/none/route", 17],
      ["GET /kv/none", 22],
      ["GET /kv/n/none", 22],
    ]) {
      expect(await rig.ask(String(operation))).toMatchObject({ status: 404, body: { code, target: "ns0:9876" } });
    }
  });
});

test("an empty cluster is one without brokers, not an error", async () => {
  await using rig = await startRig({ upstreams: [answering(() => ({}))] });
  for (const operation of ["GET /clusters", "GET /brokers"]) {
    expect((await rig.ask(operation)).body).toEqual({ data: [], next: null });
  }
  expect((await rig.ask("GET /kv/n")).body).toEqual({ table: {} });
  expect((await rig.ask("GET /kv/n/k")).body).toEqual({ namespace: "n", key: "k", value: "" });
});
