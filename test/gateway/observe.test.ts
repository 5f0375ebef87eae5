import { describe, expect, test } from "bun:test";
import type { Exchange } from "../../src/gateway/observe.ts";
import { answer, get } from "../../src/http/route.ts";
import { Type } from "../../src/schema/types.ts";
import { ownGateway } from "./support/own.ts";
import { startRig } from "./support/rig.ts";

const hello = get("/hello/{name}", {
  summary: "Greets",
  answers: { 200: answer("a greeting", Type.Object({ hello: Type.String() })) },
  handle: ({ params }) => ({ status: 200, body: { hello: params.name } }),
});

/** What is told of a request, but for its time. */
async function told(operation: string | Request, options: Parameters<typeof ownGateway>[1] = {}) {
  const exchanges: Exchange[] = [];
  await ownGateway([hello], { onExchange: (each) => exchanges.push(each), ...options })(operation);
  expect(exchanges).toHaveLength(1);
  const { elapsedMillis, ...rest } = exchanges[0] as Exchange;
  expect(elapsedMillis).toBeGreaterThanOrEqual(0);
  return rest;
}

describe("what is told of a request", () => {
  const route = "/hello/{name}";

  test("is its path without the query, its route as defined, and its outcome", async () => {
    expect(await told("GET /hello/a%2Fb")).toEqual({
      method: "GET",
      path: "/hello/a%2Fb",
      route,
      status: 200,
      bytes: '{"hello":"a/b"}\n'.length,
    });
    expect(await told("GET /hello/a?token=secret")).toMatchObject({ path: "/hello/a", route, status: 400 });
  });

  test.each([
    ["HEAD /hello/a", { route, status: 200, bytes: 0 }],
    ["POST /hello/a", { route, status: 405 }],
    ["OPTIONS /hello/a", { route, status: 204, bytes: 0 }],
    ["GET /nowhere", { path: "/nowhere", route: null, status: 404 }],
  ])("%s", async (operation, expected) => {
    expect(await told(operation)).toMatchObject(expected);
  });

  test("is there for those who are turned away too", async () => {
    const access = { tokens: new Map([["t", "read" as const]]), loopbackOnly: false };
    expect(await told("GET /hello/a", { access })).toMatchObject({ route, status: 401 });
    const foreign = new Request("http://elsewhere.example/hello/a");
    const refused = await told(foreign, { access: { tokens: new Map(), loopbackOnly: true } });
    expect(refused).toMatchObject({ path: "/hello/a", route: null, status: 421 });
  });
});

describe("/metrics", () => {
  const name = (text: string) => `rocketmq_gateway_${text}`;

  test("counts requests by route, and calls by command and outcome", async () => {
    await using rig = await startRig({ upstreams: ["up", "down"] });
    for (const topic of ["a", "b"]) await rig.ask(`GET /topics/${topic}/route`);
    await rig.ask("PUT /kv/n/k", { body: { value: "v" } });
    await rig.ask("GET /nowhere/at-all");
    const { text, headers } = await rig.ask("GET /metrics");
    expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const lines = text.split("\n");
    for (const line of [
      'http_requests_total{method="GET",route="/topics/{topic}/route",status="404"} 2',
      'http_request_duration_seconds_count{method="GET",route="/topics/{topic}/route"} 2',
      'http_requests_total{method="PUT",route="/kv/{namespace}/{key}",status="207"} 1',
      'http_requests_total{method="GET",route="none",status="404"} 1',
      'upstream_calls_total{command="GET_ROUTEINFO_BY_TOPIC",target="name-server",outcome="TOPIC_NOT_EXIST"} 2',
      'upstream_calls_total{command="PUT_KV_CONFIG",target="name-server",outcome="ok"} 1',
      'upstream_call_duration_seconds_count{command="PUT_KV_CONFIG",target="name-server"} 1',
      'upstream_connects_total{target="name-server",outcome="ok"} 1',
      "pending_requests 0",
      "connections 1",
      "late_replies_total 0",
      "registrations 0",
      "name_servers 2",
    ])
      expect(lines).toContain(name(line));
    expect(text).toMatch(
      /^rocketmq_gateway_upstream_connects_total\{target="name-server",outcome="connect-failed"\} \d/m,
    );
    expect(text).toMatch(/^rocketmq_gateway_info\{version="[\d.]+",runtime="unknown"\} 1$/m);
  });

  test("has no more series for more paths and codes", async () => {
    await using rig = await startRig();
    const seriesAfter = async (tag: string, code: number) => {
      await rig.ask(`GET /topics/${tag}/route`);
      await rig.ask(`GET /${tag}/${tag}`);
      await rig.ask("POST /invoke", { body: { target: "ns0:9876", code } });
      const { text } = await rig.ask("GET /metrics");
      return text.split("\n").map((line) => line.replace(/ \S+$/, ""));
    };
    await seriesAfter("ONE", 31_001);
    const before = await seriesAfter("TWO", 31_002);
    expect(before.join("\n")).toContain('command="unknown"');
    expect(await seriesAfter("THREE", 31_003)).toEqual(before);
  });

  test("asks for a token that may read", async () => {
    await using rig = await startRig({ access: { tokens: new Map([["t", "read"]]), loopbackOnly: false } });
    expect((await rig.ask("GET /metrics")).status).toBe(401);
    expect((await rig.ask("GET /metrics", { headers: { authorization: "Bearer t" } })).status).toBe(200);
  });

  test("tells of what is held", async () => {
    await using rig = await startRig();
    const registered = { clusterName: "c", brokerName: "b", brokerAddr: "10.0.0.7:10911", brokerId: 0 };
    await rig.ask("POST /brokers/register", { body: { ...registered, haServerAddr: "10.0.0.7:10912" } });
    expect((await rig.ask("GET /metrics")).text).toContain(`\n${name("registrations 1")}\n`);
  });
});
