import { describe, expect, test } from "bun:test";
import { V3_2_6 } from "../../src/wire/versions.ts";
import type { Ask, Reply } from "../gateway/support/conformance.ts";
import { startRig, type Upstream } from "../gateway/support/rig.ts";
import { broker } from "../support/http.ts";
import type { ScriptOptions } from "../support/scripted-server.ts";
import { nameServerScript, refusing, silent } from "../support/scripts.ts";
import { identity, register, topics } from "./support.ts";

/** Every write, with the request code that it sends. */
const writes: readonly (readonly [operation: string, body: unknown, code: number])[] = [
  ["PUT /kv/n/k", { value: "v" }, 100],
  ["DELETE /kv/n/k", undefined, 102],
  ["POST /brokers/unregister", identity(), 104],
  ["POST /brokers/data-version", identity(), 322],
  ["POST /brokers/register", broker(), 103],
];

function script(handlers: ScriptOptions["handlers"], version?: number): ScriptOptions {
  return { handlers: { ...nameServerScript, ...handlers }, ...(version !== undefined && { version }) };
}

const refused = { ok: false, code: 1, codeName: "SYSTEM_ERROR", remark: "disk full" };
const gone = { ok: false, code: null, codeName: null, problem: "connect-failed" };
const late = { ok: false, code: null, codeName: null, problem: "timeout" };

describe.each(writes)("%s", (operation, body, code) => {
  const refuses = script({ [code]: refusing(1, "disk full") });
  const isSilent = script({ [code]: silent });
  const good = operation === "POST /brokers/register" ? 201 : 200;
  const cases: readonly (readonly [what: string, upstreams: readonly Upstream[], status: number, rows: object[]])[] = [
    ["both take it", ["up", "up"], good, [{ ok: true }, { ok: true }]],
    ["one is gone", ["down", "up"], 207, [gone, { ok: true }]],
    ["one refuses", ["up", refuses], 207, [{ ok: true }, refused]],
    ["one is silent", [isSilent, "up"], 207, [late, { ok: true }]],
    ["both are gone", ["down", "down"], 502, [gone, gone]],
    ["both refuse", [refuses, refuses], 502, [refused, refused]],
    ["both are silent", [isSilent, isSilent], 502, [late, late]],
    ["each fails in its way", [refuses, "down", isSilent], 502, [refused, gone, late]],
  ];

  test.each(cases)("when %s", async (_, upstreams, status, rows) => {
    await using rig = await startRig({ upstreams, limits: { timeoutMillis: 100, registerTimeoutMillis: 100 } });
    const startedAt = performance.now();
    const reply = await rig.ask(operation, { body });
    expect(reply).toMatchObject({ status, body: { results: rows } });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    const named = reply.body.results.map(({ nameServer }: { nameServer: string }) => nameServer.split(":")[0]);
    expect(named).toEqual(upstreams.map((_, index) => `ns${index}`));
    if (status === 502) {
      expect(reply.body).toMatchObject({
        type: "/problems/upstream-failed",
        detail: expect.stringMatching(/^Cannot /),
      });
      expect((await rig.ask("GET /brokers/registrations")).body.data).toEqual([]);
      expect((await rig.ask("GET /brokers/registrations/c1~b1~0")).status).toBe(404);
    }
    expect(rig.logged).toEqual([]);
  });

  test("has no name server to go to", async () => {
    await using rig = await startRig({ upstreams: [] });
    const reply = await rig.ask(operation, { body });
    expect(reply).toMatchObject({ status: 503, body: { type: "/problems/unavailable" } });
    expect(reply.headers.get("retry-after")).toBe("1");
  });
});

describe("a deadline of the caller's own", () => {
  test.each(writes.slice(2))("%s keeps it", async (operation, body, code) => {
    await using rig = await startRig({ upstreams: [script({ [code]: silent })] });
    const startedAt = performance.now();
    const reply = await rig.ask(operation, { body: { ...(body as object), timeoutMillis: 50 } });
    const elapsed = performance.now() - startedAt;
    expect(reply).toMatchObject({ status: 502, body: { results: [late] } });
    expect(elapsed).toBeGreaterThanOrEqual(45);
    expect(elapsed).toBeLessThan(1_000);
    expect(reply.body.results[0].elapsedMs).toBeGreaterThanOrEqual(45);
  });
});

describe("what no server can take", () => {
  const large = "x".repeat(3_000);
  const limits = { maxFrameBytes: 2_000 };
  const many = topics(...Array.from({ length: 50 }, (_, index) => `topic-${index}`));

  test.each([
    ["PUT /kv/n/k", { value: large }, 100],
    ["POST /brokers/register", broker(many), 103],
    ["POST /brokers/unregister", identity({ brokerName: large }), 104],
  ])("%s is 413 and is not sent", async (operation, body, code) => {
    await using rig = await startRig({ upstreams: [script({}), script({})], limits });
    expect(await rig.ask(operation, { body })).toMatchObject({ status: 413, body: { type: "/problems/too-large" } });
    expect(rig.scripted.flatMap((server) => server.requests(code))).toEqual([]);
    expect((await rig.ask("GET /brokers/registrations")).body.data).toEqual([]);
  });

  test("is a row where another server takes it", async () => {
    const handlers = { ...nameServerScript, 100: () => ({}) };
    await using rig = await startRig({ upstreams: [{ handlers, version: V3_2_6 }, { handlers }] });
    const reply = await rig.ask("PUT /kv/n/k", { body: { value: "x".repeat(8 * 1024 * 1024) } });
    expect(reply).toMatchObject({
      status: 207,
      body: { results: [{ ok: false, code: null, problem: "too-large" }, { ok: true }] },
    });
    expect(rig.scripted.map((server) => server.requests(100).length)).toEqual([0, 1]);
  });
});

describe("what a server is too old for", () => {
  const old = script({}, V3_2_6);
  const ask = (each: Ask): Promise<Reply> => each("POST /brokers/data-version", { body: identity() });

  test("is 501 when all are", async () => {
    await using rig = await startRig({ upstreams: [old, old] });
    expect(await ask(rig.ask)).toMatchObject({ status: 501, body: { type: "/problems/not-supported" } });
    expect(rig.scripted.flatMap((server) => server.requests(322))).toEqual([]);
  });

  test("is a row when another isn't", async () => {
    await using rig = await startRig({ upstreams: [old, "up"] });
    expect(await ask(rig.ask)).toMatchObject({
      status: 207,
      body: {
        needRegister: true,
        results: [
          { ok: false, problem: "not-supported" },
          { ok: true, needRegister: true },
        ],
      },
    });
  });
});

test("a registration that one server took shows how it stands with the other", async () => {
  await using rig = await startRig({ upstreams: ["up", "down"] });
  expect((await register(rig.ask)).status).toBe(207);
  const { body } = await rig.ask("GET /brokers/registrations/c1~b1~0");
  expect(body.results).toMatchObject([
    { ok: true, connected: true, expiresAt: expect.any(Number) },
    { ok: false, problem: "connect-failed", connected: false, expiresAt: null },
  ]);
});
