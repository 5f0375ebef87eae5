import { describe, expect, test } from "bun:test";
import { utf8 } from "../../src/bytes/utf8.ts";
import { startRig } from "../gateway/support/rig.ts";
import { refusing, silent } from "../support/scripts.ts";
import { startTwoSides } from "./two-sides.ts";

const entries = { b: "v", a: "v", c: "w", empty: "", "a/b %": "v", __proto__x: "V", "😀": " v" };

async function filled() {
  const rig = await startRig();
  for (const [key, value] of Object.entries(entries)) {
    await rig.ask(`PUT /kv/n/${encodeURIComponent(key)}`, { body: { value } });
  }
  return rig;
}

describe("GET /kv/{namespace}?value=", () => {
  test.each([
    ["v", { a: "v", "a/b %": "v", b: "v" }],
    ["w", { c: "w" }],
    ["", { empty: "" }],
    ["V", { __proto__x: "V" }],
    ["%20v", { "😀": " v" }],
    ["none", {}],
  ])("%j has the entries with exactly that value", async (value, table) => {
    await using rig = await filled();
    expect((await rig.ask(`GET /kv/n?value=${value}`)).body).toEqual({ table });
  });

  test("asks with 219, never with 217, which is a write since 5.0", async () => {
    const handlers = { 219: () => ({ body: utf8('{"table":{"__proto__":"v","k":"w"}}') }) };
    await using rig = await startRig({ upstreams: [{ handlers }] });
    expect((await rig.ask("GET /kv/n?value=v")).text).toBe('{"table":{"__proto__":"v"}}\n');
    expect(rig.scripted[0]?.journal).toEqual(["1 open", "1 219"]);
  });

  test("is 404 for a namespace that was never used, and 400 for two values", async () => {
    await using rig = await startRig();
    expect(await rig.ask("GET /kv/n?value=v")).toMatchObject({ status: 404, body: { code: 22 } });
    expect((await rig.ask("GET /kv/n?value=v&value=w")).status).toBe(400);
  });
});

describe("DELETE /kv/{namespace}?value=", () => {
  test.each([
    ["v", ["a", "a/b %", "b"]],
    ["", ["empty"]],
    ["none", []],
  ])("%j deletes those entries and no other", async (value, keys) => {
    await using rig = await filled();
    const { status, body } = await rig.ask(`DELETE /kv/n?value=${value}`);
    expect({ status, body }).toMatchObject({ status: 200, body: { namespace: "n", value, keys, results: [{ keys }] } });
    const kept = Object.keys(entries).filter((key) => !(keys as string[]).includes(key));
    expect(Object.keys((await rig.ask("GET /kv/n")).body.table).sort()).toEqual(kept.sort());
  });

  test("without a value is 400 and nothing is sent", async () => {
    await using rig = await startRig({ upstreams: [{}] });
    const { status, body } = await rig.ask("DELETE /kv/n");
    expect({ status, errors: body.errors }).toMatchObject({ status: 400, errors: [{ pointer: "?value" }] });
    expect(rig.scripted[0]?.journal).toEqual([]);
  });

  test("of a namespace that was never used has nothing to delete", async () => {
    await using rig = await startRig();
    expect(await rig.ask("DELETE /kv/n?value=v")).toMatchObject({ status: 200, body: { keys: [] } });
  });

  test("deletes at each name server what that one has", async () => {
    await using sides = await startTwoSides();
    await sides.first("PUT /kv/n/one", { body: { value: "v" } });
    await sides.second("PUT /kv/n/two", { body: { value: "v" } });
    await sides.second("PUT /kv/n/one", { body: { value: "w" } });
    const { body } = await sides.both("DELETE /kv/n?value=v");
    expect(body).toMatchObject({ keys: ["one", "two"], results: [{ keys: ["one"] }, { keys: ["two"] }] });
    expect((await sides.second("GET /kv/n")).body).toEqual({ table: { one: "w" } });
    expect((await sides.first("GET /kv/n")).body).toEqual({ table: {} });
  });

  test("says of a server that stops halfway why, and leaves the rest", async () => {
    const told = () => ({ body: utf8('{"table":{"a":"v","b":"v","c":"v"}}') });
    let deleted = 0;
    const halfway = () => (++deleted === 2 ? { code: 1, remark: "disk full" } : {});
    const upstreams = [{ handlers: { 219: told, 102: halfway } }, { handlers: { 219: told, 102: () => ({}) } }];
    await using rig = await startRig({ upstreams });
    expect(await rig.ask("DELETE /kv/n?value=v")).toMatchObject({
      status: 207,
      body: {
        keys: ["a", "b", "c"],
        results: [{ ok: false, code: 1, remark: "disk full" }, { keys: ["a", "b", "c"] }],
      },
    });
    const keys = rig.scripted.map((server) => server.requests(102).map(({ extFields }) => extFields?.key));
    expect(keys).toEqual([
      ["a", "b"],
      ["a", "b", "c"],
    ]);
  });

  test.each([
    ["refuse", refusing(1, "no"), { ok: false, code: 1 }],
    ["are silent", silent, { ok: false, problem: "timeout" }],
  ])("is 502 with the rows when all %s", async (_, handler, row) => {
    await using rig = await startRig({ upstreams: [{ handlers: { 219: handler } }], limits: { timeoutMillis: 50 } });
    expect(await rig.ask("DELETE /kv/n?value=v")).toMatchObject({ status: 502, body: { results: [row] } });
    expect(rig.scripted[0]?.requests(102)).toEqual([]);
  });
});
