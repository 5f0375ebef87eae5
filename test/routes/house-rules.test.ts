import { describe, expect, test } from "bun:test";
import { routes } from "../../routes/index.ts";
import { fromHex } from "../../src/bytes/hex.ts";
import { parseJson } from "../../src/json/strict.ts";
import { decodeFrame, LENGTH_BYTES } from "../../src/wire/frame.ts";
import { type Rig, startRig } from "../gateway/support/rig.ts";
import { broker } from "../support/http.ts";
import { furnished, nameOf, operationOf } from "./furnished.ts";

const writes = routes.filter(({ query }) => "dryRun" in query);
const reads = routes.filter(({ method, media, answers }) => method === "GET" && media === null && 200 in answers);

describe("every write", () => {
  test("is one of those that change something", () => {
    const changing = routes.filter(
      ({ method, access, calls }) => method !== "GET" && access === "admin" && calls.length > 0,
    );
    expect(writes.map(nameOf)).toEqual(changing.map(nameOf));
  });

  for (const route of writes) {
    test(`${nameOf(route)} shows with dryRun what it would send, and sends nothing`, async () => {
      await using rig = await furnished(route);
      const before = await stateOf(rig);
      const { status, body } = await rig.ask(...operationOf(route, "dryRun=true"));
      expect({ status, dryRun: body.dryRun }).toEqual({ status: 200, dryRun: true });
      expect(body.requests.length).toBeGreaterThan(0);
      for (const { command, hex, frame } of body.requests) {
        const { command: decoded } = decodeFrame(fromHex(hex).subarray(LENGTH_BYTES));
        expect(decoded).toMatchObject({ code: command.code, opaque: command.opaque, extFields: command.extFields });
        expect(frame.map((field: { hex: string }) => field.hex).join("")).toBe(hex);
        expect(route.calls.map(({ code }) => code)).toContain(command.code);
        expect(command.codeName).toBe(route.calls.find(({ code }) => code === command.code)?.name ?? null);
      }
      expect(await stateOf(rig)).toEqual(before);
    });

    test(`${nameOf(route)} answers 202 with oneway, and nobody's code`, async () => {
      await using rig = await furnished(route);
      const { status, body } = await rig.ask(...operationOf(route, "oneway=true"));
      expect(status).toBe(202);
      for (const row of body.results ?? []) expect(row).toMatchObject({ ok: true, code: null, codeName: null });
    });

    test(`${nameOf(route)} leaves its body out when that is preferred`, async () => {
      await using rig = await furnished(route);
      const [operation, init] = operationOf(route);
      const { status, headers, text } = await rig.ask(operation, { ...init, headers: { prefer: "return=minimal" } });
      expect(text).toBe("");
      expect([204, 201]).toContain(status);
      expect(headers.get("preference-applied")).toBe("return=minimal");
    });
  }
});

/** What the name server holds, by other means than the write under test. */
async function stateOf({ ask }: Rig): Promise<unknown> {
  const asked = [
    "GET /brokers",
    "GET /topics/t/route",
    "GET /topics/t2/route",
    "GET /kv/n",
    "GET /brokers/registrations",
    "GET /sessions",
  ];
  const replies = await Promise.all(asked.map((operation) => ask(operation)));
  return replies.map(({ status, body }) => ({ status, body }));
}

describe("every read", () => {
  for (const route of reads) {
    test(`${nameOf(route)} has a validator, tables and exact integers`, async () => {
      await using rig = await furnished();
      const [operation] = operationOf(route);
      const plain = await rig.ask(operation);
      expect(plain.status).toBe(200);
      const table = await rig.ask(operation, { headers: { accept: "text/plain" } });
      expect({ status: table.status, type: table.headers.get("content-type") }).toEqual({
        status: 200,
        type: "text/plain; charset=utf-8",
      });
      expect(table.text).toEndWith("\n".slice(0, route.hasText ? 0 : 1));
      const texts = await rig.raw(operation, { prefer: "int64=string" });
      expect(texts.headers.get("preference-applied")).toBe("int64=string");
      expect(() => parseJson(texts.text)).not.toThrow();
      const refused = await rig.ask(operation, { headers: { accept: "image/png" } });
      expect(refused.status).toBe(406);
    });
  }

  const stable = reads.filter(({ path }) => !path.startsWith("/name-servers"));
  for (const route of stable) {
    test(`${nameOf(route)} is 304 to who has it`, async () => {
      await using rig = await furnished();
      const [operation] = operationOf(route);
      const etag = (await rig.ask(operation)).headers.get("etag") ?? "";
      const again = await rig.ask(operation, { headers: { "if-none-match": `"other", W/${etag}` } });
      expect({ status: again.status, text: again.text, etag: again.headers.get("etag") }).toEqual({
        status: 304,
        text: "",
        etag,
      });
    });
  }

  for (const route of reads.filter(({ calls }) => calls.length > 0)) {
    test(`${nameOf(route)} shows the server's own answer`, async () => {
      await using rig = await furnished();
      const [operation] = operationOf(route);
      const { status, text, headers } = await rig.raw(operation, { accept: "application/vnd.rocketmq.command+json" });
      expect(status).toBe(200);
      expect(headers.get("content-type")).toStartWith("application/vnd.rocketmq.command+json");
      const shown = parseJson(text) as { flag: number } | { flag: number }[];
      for (const command of [shown].flat()) expect(command).toMatchObject({ flag: 1, version: 513, language: "JAVA" });
    });
  }
});

describe("a write with a precondition", () => {
  test("goes through where the state is the one that was read, and else changes nothing", async () => {
    await using rig = await furnished();
    const etag = (await rig.ask("GET /kv/n/k")).headers.get("etag") ?? "";
    const put = (headers: Record<string, string>, value: string) =>
      rig.ask("PUT /kv/n/k", { body: { value }, headers });
    expect((await put({ "if-match": '"other"' }, "lost")).status).toBe(412);
    expect((await put({ "if-none-match": "*" }, "lost")).status).toBe(412);
    expect((await rig.ask("GET /kv/n/k")).body.value).toBe("v");
    expect((await put({ "if-match": etag }, "won")).status).toBe(200);
    expect((await put({ "if-match": etag }, "lost")).status).toBe(412);
    expect((await rig.ask("GET /kv/n/k")).body.value).toBe("won");
  });

  test("knows a resource that isn't there", async () => {
    await using rig = await furnished();
    const put = (headers: Record<string, string>) => rig.ask("PUT /kv/n/new", { body: { value: "v" }, headers });
    expect((await put({ "if-match": "*" })).status).toBe(412);
    expect((await put({ "if-none-match": "*" })).status).toBe(200);
    expect((await put({ "if-none-match": "*" })).status).toBe(412);
  });
});

describe("a quorum", () => {
  for (const [quorum, up, all, status] of [
    ["all", 2, 3, 502],
    ["majority", 2, 3, 200],
    ["majority", 1, 3, 502],
    ["majority", 1, 2, 502],
    ["any", 1, 3, 200],
    ["any", 0, 2, 502],
    ["all", 2, 2, 200],
  ] as const) {
    test(`${quorum} with ${up} of ${all} name servers up is ${status}`, async () => {
      const upstreams = Array.from({ length: all }, (_, index) => (index < up ? ("up" as const) : ("down" as const)));
      await using rig = await startRig({ upstreams });
      const reply = await rig.ask(`PUT /kv/n/k?quorum=${quorum}`, { body: { value: "v" } });
      expect(reply.status).toBe(status);
      expect(reply.body.results).toHaveLength(all);
    });
  }

  test("that is missed keeps no registration", async () => {
    await using rig = await startRig({ upstreams: ["up", "down"] });
    const missed = await rig.ask("POST /brokers/register?quorum=all", { body: broker() });
    expect(missed.status).toBe(502);
    expect((await rig.ask("GET /brokers/registrations")).body.data).toEqual([]);
  });
});
