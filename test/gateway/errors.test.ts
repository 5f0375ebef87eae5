import { describe, expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { answer, get } from "../../src/http/route.ts";
import type { JsonObject } from "../../src/json/value.ts";
import { Type } from "../../src/schema/types.ts";
import { broker } from "../support/http.ts";
import { ownGateway } from "./support/own.ts";
import { startRig } from "./support/rig.ts";

function failing(handle: () => never) {
  return get("/fails", { summary: "Fails", answers: { 200: answer("never", Type.Object({})) }, handle });
}

describe("a handler that throws", () => {
  test.each([
    ["an error", new TypeError("the inside", { cause: "its cause" }), "the inside; because: its cause"],
    ["a text", "the inside", "the inside"],
    ["nothing", undefined, "undefined"],
    ["our own defect", new Fault("internal", "Cannot: the inside"), "Cannot: the inside"],
  ])("%s answers 500 without the inside, and logs it", async (_, thrown, trace) => {
    const logged: string[] = [];
    const route = failing(() => {
      throw thrown;
    });
    for (const handle of [route.handle, () => Promise.reject(thrown)]) {
      const reply = await ownGateway([{ ...route, handle }], { onError: (each) => logged.push(each) })("GET /fails");
      expect(reply.body).toEqual({
        type: "/problems/internal",
        title: "Internal error",
        status: 500,
        detail: "Cannot answer: an unexpected error",
        instance: "/fails",
      });
    }
    expect(logged).toEqual([trace, trace]);
  });

  test("a fault of someone else is answered and not logged", async () => {
    const logged: string[] = [];
    const route = failing(() => {
      throw new Fault("unavailable", "Cannot: later", { hint: "Wait." });
    });
    const reply = await ownGateway([route], { onError: (each) => logged.push(each) })("GET /fails");
    expect(reply).toMatchObject({ status: 503, body: { detail: "Cannot: later", hint: "Wait." } });
    expect(reply.headers.get("retry-after")).toBe("1");
    expect(logged).toEqual([]);
  });

  test("does no harm where nobody listens", async () => {
    const route = failing(() => {
      throw new Error("unheard");
    });
    expect((await ownGateway([route])("GET /fails")).status).toBe(500);
  });

  test("an answer that can't be written is a problem too", async () => {
    const circle: JsonObject = {};
    circle.itself = circle;
    const route = { ...failing(() => undefined as never), handle: () => ({ status: 200, body: circle }) };
    expect((await ownGateway([route])("GET /fails")).status).toBe(502);
  });
});

describe("a hook that throws", () => {
  const hooks = {
    before() {
      throw new Error("the key is missing");
    },
  };

  test.each([
    ["GET /clusters", 500],
    ["GET /readyz", 500],
    ["PUT /kv/n/k", 502],
    ["POST /brokers/register", 502],
  ])("%s answers %d without the inside, and logs it", async (operation, status) => {
    await using rig = await startRig({ upstreams: ["up", "up"], hooks: [hooks] });
    const body = operation.startsWith("PUT") ? { value: "v" } : broker();
    const reply = await rig.ask(operation, operation.startsWith("GET") ? {} : { body });
    expect(reply.status).toBe(status);
    expect(reply.text).toContain("Cannot answer: an unexpected error");
    expect(reply.text).not.toContain("the key is missing");
    expect(rig.logged).toEqual([expect.stringContaining("the key is missing")]);
  });

  test("for one of two servers is logged as well", async () => {
    const forOne = {
      before<R>(request: R, target: string): R {
        if (target.startsWith("ns1")) throw new Error("the key is missing");
        return request;
      },
    };
    await using rig = await startRig({ upstreams: ["up", "up"], hooks: [forOne] });
    const reply = await rig.ask("PUT /kv/n/k", { body: { value: "v" } });
    expect(reply).toMatchObject({ status: 207, body: { results: [{ ok: true }, { ok: false, problem: "internal" }] } });
    expect(reply.text).not.toContain("the key is missing");
    expect(rig.logged).toEqual([expect.stringContaining("the key is missing")]);
  });
});
