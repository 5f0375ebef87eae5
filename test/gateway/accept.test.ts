import { describe, expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { type View, viewFor } from "../../src/gateway/accept.ts";
import { startRig } from "./support/rig.ts";

/** The view for an Accept header where both are on offer, and where only JSON is; null is 406. */
const table: readonly (readonly [accept: string | null, both: View | null, jsonOnly: View | null])[] = [
  [null, "json", "json"],
  ["", "json", "json"],
  ["*/*", "json", "json"],
  ["application/json", "json", "json"],
  ["APPLICATION/JSON", "json", "json"],
  ["application/*", "json", "json"],
  ["application/json; charset=utf-8", "json", "json"],
  ["text/plain", "text", null],
  ["text/*", "text", null],
  ["text/html", null, null],
  ["text/html, */*;q=0.1", "json", "json"],
  ["text/plain, application/json", "json", "json"],
  ["text/plain;q=0.9, application/json;q=0.8", "text", "json"],
  ["*/*;q=0.1, text/plain", "text", "json"],
  ["application/json;q=0, */*", "text", null],
  ["application/*;q=0, */*", "text", null],
  ["application/json;q=0", null, null],
  ["*/*;q=0", null, null],
  ["*/*;q=0, application/json;q=0.001", "json", "json"],
  ["text/plain;q=0.5;v=1", "text", null],
  ["text/plain ; Q=0.5 , application/json ; q=0.4", "text", "json"],
  ["application/json;q=none", null, null],
  [",", null, null],
  ["json", null, null],
];

function viewOf(accept: string | null, offered: readonly View[]): View | null {
  try {
    return viewFor(accept, offered);
  } catch (error) {
    if (error instanceof Fault && error.fault === "not-acceptable") return null;
    throw error;
  }
}

describe("the view", () => {
  test.each(table)("for Accept: %s", (accept, both, jsonOnly) => {
    expect(viewOf(accept, ["json", "text"])).toBe(both);
    expect(viewOf(accept, ["json"])).toBe(jsonOnly);
  });

  test("that nobody accepts is 406 before anything is sent", async () => {
    await using rig = await startRig({ upstreams: [{}] });
    for (const operation of ["PUT /kv/n/k", "GET /kv/n/k", "POST /brokers/register", "GET /readyz"]) {
      const reply = await rig.ask(operation, { headers: { accept: "text/html" } });
      expect(reply).toMatchObject({ status: 406, body: { type: "/problems/not-acceptable" } });
    }
    expect(rig.scripted[0]?.journal).toEqual([]);
  });

  test("as text/plain is the bare value, empty or not", async () => {
    await using rig = await startRig();
    const headers = { accept: "text/plain" };
    for (const value of ["blue", "", '{"a":1}', "two\nlines", "😀", "\ufeffmarked"]) {
      await rig.ask("PUT /kv/n/k", { body: value, headers: { "content-type": "text/plain" } });
      const { status, text, headers: told } = await rig.ask("GET /kv/n/k", { headers });
      expect({ status, text }).toEqual({ status: 200, text: value });
      expect(told.get("content-type")).toBe("text/plain; charset=utf-8");
      expect((await rig.ask("GET /kv/n/k")).body).toEqual({ namespace: "n", key: "k", value });
    }
    expect(await rig.ask("GET /healthz", { headers })).toMatchObject({ text: "ok\n" });
    expect(await rig.ask("GET /readyz", { headers })).toMatchObject({ text: "ready\n" });
    // A problem is one whatever is accepted.
    expect(await rig.ask("GET /kv/n/none", { headers })).toMatchObject({ status: 404, body: { code: 22 } });
  });
});
