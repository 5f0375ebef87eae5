import { describe, expect, test } from "bun:test";
import { routes } from "../../routes/index.ts";
import { version } from "../../src/runtime/version.ts";
import type { Ask, Reply } from "../gateway/support/conformance.ts";
import { startRig, type Upstream } from "../gateway/support/rig.ts";
import { docsCases } from "../openapi/docs-cases.ts";
import { broker } from "../support/http.ts";
import { brokerCases } from "./broker-cases.ts";
import { type AnswerCase, nameServerCases } from "./name-server-cases.ts";
import { sessionCases } from "./session-cases.ts";
import { identity, register, topics } from "./support.ts";

const both: readonly Upstream[] = ["up", "up"];
const mixed: readonly Upstream[] = ["up", "down"];
const taken = { nameServer: "ns0:9876", ok: true, code: 0, codeName: "SUCCESS", remark: null };
const gone = { nameServer: "ns1:9876", ok: false, code: null, codeName: null, problem: "connect-failed" };
const takenByBoth = { results: [taken, { ...taken, nameServer: "ns1:9876" }] };
const takenByOne = { results: [taken, gone] };
const held = "/brokers/registrations/c1~b1~0";
const brokerData = { cluster: "c1", brokerName: "b1", brokerAddrs: { "0": "10.0.0.7:10911" } };
const cluster = { clusterName: "c1", brokerNames: ["b1"], brokerDatas: [brokerData] };
const topicConfig = { topicName: "t", readQueueNums: 8, writeQueueNums: 8, perm: 6, topicFilterType: "SINGLE_TAG" };
const heldBody = {
  id: "c1~b1~0",
  ...broker(),
  topicConfigSerializeWrapper: {
    topicConfigTable: { t: { ...topicConfig, topicSysFlag: 0, order: false } },
    dataVersion: { stateVersion: 0, timestamp: expect.any(Number), counter: 1 },
  },
  filterServerList: [],
  results: [{ ...taken, masterAddr: null, connected: true, expiresAt: expect.any(Number) }],
};

async function afterRegister(ask: Ask, operation: string, body?: unknown): Promise<Reply> {
  await register(ask, {}, "t");
  return ask(operation, { body });
}

/** `{"code":106}` in a frame. */
const frame = `000000110000000d${Buffer.from('{"code": 106}').toString("hex")}`;

const cases: readonly AnswerCase[] = [
  ...nameServerCases,
  ...docsCases,
  ...brokerCases,
  ...sessionCases,
  {
    answer: "GET / 200",
    act: (ask) => ask("GET /"),
    says: { name: "rocketmq-gateway", links: { brokers: "/brokers" } },
  },
  { answer: "GET /version 200", act: (ask) => ask("GET /version"), says: { name: "rocketmq-gateway", version } },
  {
    answer: "GET /openapi.json 200",
    act: (ask) => ask("GET /openapi.json"),
    says: { openapi: "3.1.1", info: { title: "rocketmq-gateway", version } },
  },
  {
    answer: "GET /metrics 200",
    act: async (ask) => {
      const reply = await ask("GET /metrics");
      return { ...reply, body: reply.text.split("\n") };
    },
    says: expect.arrayContaining(["rocketmq_gateway_name_servers 1"]),
  },
  { answer: "GET /healthz 200", upstreams: ["down"], act: (ask) => ask("GET /healthz"), says: { status: "ok" } },
  { answer: "GET /readyz 200", act: (ask) => ask("GET /readyz"), says: { status: "ready" } },
  {
    answer: "POST /brokers/register 201",
    upstreams: both,
    act: (ask) => register(ask),
    says: { id: "c1~b1~0", ...identity(), held: true, masterAddr: null, kvTable: null, ...takenByBoth },
  },
  {
    answer: "POST /brokers/register 207",
    upstreams: mixed,
    act: (ask) => register(ask),
    says: { held: true, ...takenByOne },
  },
  {
    answer: "POST /brokers/register 200",
    upstreams: both,
    act: (ask) => afterRegister(ask, "POST /brokers/register", broker()),
    says: { id: "c1~b1~0", held: true, ...takenByBoth },
  },
  {
    answer: "POST /brokers/register 202",
    act: (ask) => ask("POST /brokers/register?oneway=true", { body: broker() }),
    says: { held: true, results: [{ ok: true, code: null, codeName: null }] },
  },
  {
    answer: "POST /brokers/unregister 200",
    upstreams: both,
    act: (ask) => ask("POST /brokers/unregister", { body: identity() }),
    says: { ...identity(), ...takenByBoth },
  },
  {
    answer: "POST /brokers/unregister 207",
    upstreams: mixed,
    act: (ask) => ask("POST /brokers/unregister", { body: identity({ timeoutMillis: 1_000 }) }),
    says: { ...identity(), ...takenByOne },
  },
  {
    answer: "POST /brokers/data-version 200",
    act: (ask) => afterRegister(ask, "POST /brokers/data-version", identity()),
    says: { needRegister: true, results: [{ ...taken, needRegister: true, dataVersion: { counter: 1 } }] },
  },
  {
    answer: "POST /brokers/data-version 207",
    upstreams: mixed,
    act: (ask) => ask("POST /brokers/data-version", { body: identity() }),
    says: { needRegister: true, results: [{ ...taken, needRegister: true, dataVersion: null }, gone] },
  },
  {
    answer: "GET /brokers/registrations 200",
    act: (ask) => afterRegister(ask, "GET /brokers/registrations"),
    says: { data: [heldBody], next: null },
  },
  { answer: "GET /brokers/registrations/{id} 200", act: (ask) => afterRegister(ask, `GET ${held}`), says: heldBody },
  {
    answer: "PUT /brokers/registrations/{id} 200",
    upstreams: both,
    act: (ask) => afterRegister(ask, `PUT ${held}?deleteStale=true`, topics("u")),
    says: { staleTopics: ["t"], deletedTopics: [{ topic: "t", ...taken }, { topic: "t" }], ...takenByBoth },
  },
  {
    answer: "PUT /brokers/registrations/{id} 207",
    upstreams: mixed,
    act: (ask) => afterRegister(ask, `PUT ${held}`, topics("t", "u")),
    says: { staleTopics: [], ...takenByOne },
  },
  {
    answer: "DELETE /brokers/registrations/{id} 200",
    upstreams: both,
    act: (ask) => afterRegister(ask, `DELETE ${held}`),
    says: { id: "c1~b1~0", ...takenByBoth },
  },
  {
    answer: "DELETE /brokers/registrations/{id} 207",
    upstreams: mixed,
    act: (ask) => afterRegister(ask, `DELETE ${held}`),
    says: { id: "c1~b1~0", ...takenByOne },
  },
  {
    answer: "GET /clusters 200",
    act: (ask) => afterRegister(ask, "GET /clusters"),
    says: { data: [cluster], next: null },
  },
  { answer: "GET /clusters/{cluster} 200", act: (ask) => afterRegister(ask, "GET /clusters/c1"), says: cluster },
  {
    answer: "GET /brokers 200",
    act: (ask) => afterRegister(ask, "GET /brokers"),
    says: { data: [brokerData], next: null },
  },
  { answer: "GET /brokers/{broker} 200", act: (ask) => afterRegister(ask, "GET /brokers/b1"), says: brokerData },
  {
    answer: "GET /topics/{topic}/route 200",
    async act(ask) {
      return afterRegister(ask, "GET /topics/t/route");
    },
    says: {
      queueDatas: [{ brokerName: "b1", readQueueNums: 8, writeQueueNums: 8, perm: 6, topicSysFlag: 0 }],
      brokerDatas: [brokerData],
      filterServerTable: {},
    },
  },
  {
    answer: "PUT /kv/{namespace}/{key} 200",
    upstreams: both,
    act: (ask) => ask("PUT /kv/n/k", { body: { value: "v" } }),
    says: { namespace: "n", key: "k", value: "v", ...takenByBoth },
  },
  {
    answer: "PUT /kv/{namespace}/{key} 207",
    upstreams: mixed,
    act: (ask) => ask("PUT /kv/n/k", { body: { value: "" } }),
    says: { namespace: "n", key: "k", value: "", ...takenByOne },
  },
  {
    answer: "GET /kv/{namespace}/{key} 200",
    async act(ask) {
      await ask("PUT /kv/n/k", { body: { value: "v" } });
      return ask("GET /kv/n/k");
    },
    says: { namespace: "n", key: "k", value: "v" },
  },
  {
    answer: "GET /kv/{namespace} 200",
    async act(ask) {
      await ask("PUT /kv/n/k", { body: { value: "v" } });
      return ask("GET /kv/n");
    },
    says: { table: { k: "v" } },
  },
  {
    answer: "DELETE /kv/{namespace}/{key} 200",
    upstreams: both,
    act: (ask) => ask("DELETE /kv/n/k"),
    says: { namespace: "n", key: "k", ...takenByBoth },
  },
  {
    answer: "DELETE /kv/{namespace}/{key} 207",
    upstreams: mixed,
    act: (ask) => ask("DELETE /kv/n/k"),
    says: { namespace: "n", key: "k", ...takenByOne },
  },
  {
    answer: "POST /frames/decode 200",
    act: (ask) => ask("POST /frames/decode", { body: { hex: frame } }),
    says: { frames: [{ length: 17, serializeType: "JSON", headerLength: 13, command: { code: 106 } }] },
  },
  {
    answer: "POST /frames/encode 200",
    act: (ask) => ask("POST /frames/encode", { body: { command: { code: 106, opaque: 7 } } }),
    says: { length: 71 },
  },
  {
    answer: "POST /invoke 200",
    act: (ask) => ask("POST /invoke", { body: { target: "ns0:9876", code: 106 } }),
    says: { code: 0, codeName: "SUCCESS" },
  },
  {
    answer: "GET /codes 200",
    act: (ask) => ask("GET /codes"),
    says: { next: null },
  },
  {
    answer: "GET /codes/{code} 200",
    act: (ask) => ask("GET /codes/105"),
    says: { code: 105, meanings: [{ name: "GET_ROUTEINFO_BY_TOPIC" }] },
  },
  {
    answer: "GET /response-codes 200",
    act: (ask) => ask("GET /response-codes"),
    says: { next: null },
  },
];

describe("the answer", () => {
  for (const { answer, act, says, ...options } of cases) {
    test(answer, async () => {
      await using rig = await startRig(options);
      const { status, body } = await act(rig.ask, rig);
      expect({ status, body }).toMatchObject({ status: Number(answer.split(" ")[2]), body: says });
      expect(rig.logged).toEqual([]);
    });
  }

  test("is proved for every status that a route declares", () => {
    const declared = routes.flatMap(({ method, path, answers }) =>
      Object.keys(answers).map((status) => `${method} ${path} ${status}`),
    );
    // One-way answers are proved for every write at once, in house-rules.test.ts.
    const isOneway = (answer: string) => answer.endsWith(" 202");
    const proved = cases.map(({ answer }) => answer);
    expect(proved.filter((answer) => !isOneway(answer)).sort()).toEqual(
      declared.filter((answer) => !isOneway(answer)).sort(),
    );
  });

  test("has links that lead somewhere", async () => {
    await using rig = await startRig();
    await register(rig.ask, {}, "x");
    await rig.ask("PUT /kv/x/x", { body: { value: "v" } });
    const { links } = (await rig.ask("GET /")).body;
    for (const link of Object.values(links) as string[]) {
      const { status } = await rig.ask(`GET ${link.replaceAll(/\{\w+\}/g, "x")}`);
      expect({ link, status }).toEqual({ link, status: link === "/brokers/register" ? 405 : 200 });
    }
  });
});
