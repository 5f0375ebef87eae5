import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Fault } from "../../src/errors.ts";
import { type AccessOptions, checkToken } from "../../src/gateway/access.ts";
import { broker } from "../support/http.ts";
import { startRig } from "./support/rig.ts";

const tokens: AccessOptions["tokens"] = new Map([
  ["boss", "admin"],
  ["eye", "read"],
]);
const withTokens = { access: { tokens, loopbackOnly: false } };

function authorized(authorization: string | null): { headers?: Record<string, string> } {
  return authorization === null ? {} : { headers: { authorization } };
}

describe("tokens", () => {
  const table: readonly (readonly [operation: string, authorization: string | null, status: number])[] = [
    ["GET /version", null, 401],
    ["GET /version", "Bearer boss", 200],
    ["GET /version", "Bearer eye", 200],
    ["GET /version", "bearer  eye", 200],
    ["GET /version", "Bearer", 401],
    ["GET /version", "Bearer nobody", 401],
    ["GET /version", "Bearer boss2", 401],
    ["GET /version", "Bearer bos", 401],
    ["GET /version", "Bearer BOSS", 401],
    ["GET /version", "Bearer bossboss", 401],
    ["GET /version", "Bearer boss eye", 401],
    ["GET /version", "Basic boss", 401],
    ["GET /version", "boss", 401],
    ["GET /healthz", null, 200],
    ["HEAD /healthz", null, 200],
    ["GET /readyz", null, 200],
    ["GET /healthz", "Bearer nobody", 200],
    ["DELETE /kv/n/k", null, 401],
    ["DELETE /kv/n/k", "Bearer eye", 403],
    ["DELETE /kv/n/k", "Bearer boss", 200],
    ["POST /brokers/unregister", "Bearer eye", 403],
    ["POST /brokers/data-version", "Bearer eye", 415],
    ["GET /brokers/registrations", "Bearer eye", 200],
    ["DELETE /brokers/registrations/none", "Bearer eye", 403],
    ["DELETE /brokers/registrations/none", "Bearer boss", 404],
    ["GET /nowhere", null, 401],
    ["GET /nowhere", "Bearer eye", 404],
    ["POST /healthz", null, 401],
    ["POST /healthz", "Bearer eye", 405],
    ["OPTIONS /kv/n/k", null, 401],
    ["OPTIONS /kv/n/k", "Bearer eye", 204],
  ];

  test.each(table)("%s with %s is %d", async (operation, authorization, status) => {
    await using rig = await startRig(withTokens);
    expect((await rig.ask(operation, authorized(authorization))).status).toBe(status);
  });

  test("come before everything else: who has none learns nothing", async () => {
    await using rig = await startRig({ upstreams: [{}], registrations: false, ...withTokens });
    const attempts: [string, { body?: unknown; headers?: Record<string, string> }][] = [
      ["GET /nowhere", {}],
      ["PATCH /version", {}],
      ["GET /version?unknown=1", {}],
      ["GET /version", { headers: { accept: "text/html" } }],
      ["GET /topics/%ff/route", {}],
      ["PUT /kv/n/k", { body: "{" }],
      ["PUT /kv/n/k", { body: "x", headers: { "content-type": "text/html" } }],
      ["POST /brokers/register", { body: {} }],
      ["GET /brokers/registrations", {}],
    ];
    const problems = [];
    for (const [operation, init] of attempts) problems.push((await rig.ask(operation, init)).body);
    const problem = { type: "/problems/unauthorized", title: "Unauthorized", status: 401 };
    const detail = "Cannot answer: a bearer token is needed";
    expect(problems).toEqual(attempts.map(() => ({ ...problem, detail, instance: expect.any(String) })));
    expect(rig.scripted[0]?.journal).toEqual([]);
  });

  test("that only read are refused before the body is looked at", async () => {
    await using rig = await startRig({ upstreams: [{}], ...withTokens });
    const headers = { authorization: "Bearer eye" };
    expect(await rig.ask("PUT /kv/n/k", { headers, body: "{" })).toMatchObject({
      status: 403,
      body: { detail: "Cannot PUT: the token is for reading" },
    });
    expect(rig.scripted[0]?.journal).toEqual([]);
  });

  test("read is enough to ask for a DataVersion", async () => {
    await using rig = await startRig(withTokens);
    const { haServerAddr: _, ...body } = broker();
    const reply = await rig.ask("POST /brokers/data-version", { body, headers: { authorization: "Bearer eye" } });
    expect(reply).toMatchObject({ status: 200, body: { needRegister: true } });
  });

  test("are taken when they are the very same, and only then", () => {
    const token = fc.string({ unit: fc.constantFrom("a", "b", "B", "-"), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.uniqueArray(token, { minLength: 1, maxLength: 3 }), token, (known, guess) => {
        const access: AccessOptions = { tokens: new Map(known.map((each) => [each, "admin"])), loopbackOnly: false };
        const request = new Request("http://h/", { headers: { authorization: `Bearer ${guess}` } });
        const check = () => checkToken(request, "admin", access);
        if (known.includes(guess)) expect(check).not.toThrow();
        else expect(check).toThrow(Fault);
      }),
    );
  });
});

describe("on loopback without tokens the Host header", () => {
  const access = { tokens: new Map(), loopbackOnly: true } as const;
  test.each([
    ["localhost", 200],
    ["LOCALHOST:8080", 200],
    ["gateway.localhost:8080", 200],
    ["127.0.0.1", 200],
    ["127.1.2.3:1", 200],
    ["[::1]:8080", 200],
    ["rebound.example", 421],
    ["127.0.0.1.example", 421],
    ["localhost.example", 421],
    ["evillocalhost", 421],
    ["10.0.0.1:8080", 421],
    ["[::2]", 421],
    ["0.0.0.0", 421],
  ])("%s is %d", async (host, status) => {
    await using rig = await startRig({ access });
    for (const operation of ["GET /version", "GET /healthz", "HEAD /version"]) {
      expect((await rig.ask(operation, { headers: { host } })).status).toBe(status);
    }
    for (const operation of ["PUT /kv/n/k", "GET /nowhere", "GET /%0A", "PATCH /version"]) {
      expect((await rig.ask(operation, { headers: { host } })).status === 421).toBe(status === 421);
    }
  });

  test("may be any name where tokens are asked for or strangers are let in", async () => {
    await using rig = await startRig({ access: { tokens: new Map(), loopbackOnly: false } });
    expect((await rig.ask("GET /version", { headers: { host: "gateway.example" } })).status).toBe(200);
  });
});

describe("a page elsewhere", () => {
  const host = "localhost:8080";
  const table: readonly (readonly [name: string, headers: Record<string, string>, isForeign: boolean])[] = [
    ["none of its headers", {}, false],
    ["its own origin", { origin: "http://localhost:8080", "sec-fetch-site": "same-origin" }, false],
    ["a user's own doing", { "sec-fetch-site": "none" }, false],
    ["another site", { "sec-fetch-site": "cross-site" }, true],
    ["another port of the site", { "sec-fetch-site": "same-site" }, true],
    ["another origin", { origin: "http://elsewhere.example" }, true],
    ["another port", { origin: "http://localhost:3000" }, true],
    ["an opaque origin", { origin: "null" }, true],
    ["an origin that is none", { origin: "localhost:8080" }, true],
  ];

  test.each(table)("with %s", async (_, headers, isForeign) => {
    await using rig = await startRig({ upstreams: [{}], access: { tokens: new Map(), loopbackOnly: true } });
    const writes = ["PUT /kv/n/k", "DELETE /brokers/registrations/x", "POST /brokers/register", "OPTIONS /kv/n/k"];
    for (const operation of writes) {
      const { status, body } = await rig.ask(operation, { headers: { host, ...headers } });
      expect(status === 403 && body.type === "/problems/forbidden").toBe(isForeign);
    }
    expect((await rig.ask("GET /version", { headers: { host, ...headers } })).status).toBe(200);
    expect(rig.scripted[0]?.journal).toEqual([]);
  });

  test("may write where it has to have a token", async () => {
    await using rig = await startRig(withTokens);
    const headers = { origin: "http://console.example", "sec-fetch-site": "cross-site", authorization: "Bearer boss" };
    expect((await rig.ask("PUT /kv/n/k", { headers, body: { value: "v" } })).status).toBe(200);
  });
});
