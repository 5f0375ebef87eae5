import type { Ask, Reply } from "../gateway/support/conformance.ts";
import type { Rig, RigOptions, Upstream } from "../gateway/support/rig.ts";
import { register } from "./support.ts";

/** A status of a route, as it declares it, and how to come by it. */
export interface AnswerCase
  extends Pick<RigOptions, "upstreams" | "brokers" | "allowConfigChanges" | "allowFilterClasses"> {
  /** `METHOD /path status`. */
  readonly answer: string;
  readonly act: (ask: Ask, rig: Rig) => Promise<Reply>;
  /** What the body says, at least. */
  readonly says: object;
}

const both: readonly Upstream[] = ["up", "up"];
const mixed: readonly Upstream[] = ["up", "down"];
const taken = { nameServer: "ns0:9876", ok: true, code: 0, codeName: "SUCCESS", remark: null };
const takenToo = { ...taken, nameServer: "ns1:9876" };
const gone = { nameServer: "ns1:9876", ok: false, code: null, codeName: null, problem: "connect-failed" };
const up = { reachable: true, version: 513, versionName: "V5_5_0", generation: "5.x", remark: null };
const change = { orderMessageEnable: "true" };

async function afterRegister(ask: Ask, operation: string): Promise<Reply> {
  await register(ask, {}, "t", "u");
  return ask(operation);
}

async function afterPut(ask: Ask, operation: string): Promise<Reply> {
  for (const [key, value] of Object.entries({ b: "v", a: "v", c: "w" })) {
    await ask(`PUT /kv/n/${key}`, { body: { value } });
  }
  return ask(operation);
}

/** Every answer of the routes that tell of name servers and change what they hold. */
export const nameServerCases: readonly AnswerCase[] = [
  {
    answer: "GET /name-servers 200",
    upstreams: mixed,
    act: (ask) => ask("GET /name-servers"),
    says: {
      data: [
        { nameServer: "ns0:9876", ...up },
        { nameServer: "ns1:9876", reachable: false, version: null, problem: "connect-failed" },
      ],
      next: null,
    },
  },
  {
    answer: "DELETE /name-servers/{nameServer}/topics/{topic} 200",
    upstreams: both,
    act: (ask) => ask("DELETE /name-servers/-/topics/t?cluster=c1"),
    says: { topic: "t", clusterName: "c1", results: [taken, takenToo] },
  },
  {
    answer: "DELETE /name-servers/{nameServer}/topics/{topic} 207",
    upstreams: mixed,
    act: (ask) => ask("DELETE /name-servers/-/topics/t"),
    says: { topic: "t", results: [taken, gone] },
  },
  {
    answer: "GET /name-servers/{nameServer}/config 200",
    upstreams: mixed,
    act: (ask) => ask("GET /name-servers/ns0%3A9876/config"),
    says: { orderMessageEnable: "false", enableTopicList: "true" },
  },
  {
    answer: "GET /name-servers/{nameServer}/config 207",
    upstreams: mixed,
    act: (ask) => ask("GET /name-servers/-/config"),
    says: { results: [{ ...taken, config: { orderMessageEnable: "false" } }, gone] },
  },
  {
    answer: "PATCH /name-servers/{nameServer}/config 200",
    allowConfigChanges: true,
    upstreams: both,
    act: (ask) => ask("PATCH /name-servers/-/config", { body: change }),
    says: {
      config: change,
      results: [
        { ...taken, config: change },
        { ...takenToo, config: change },
      ],
    },
  },
  {
    answer: "PATCH /name-servers/{nameServer}/config 207",
    allowConfigChanges: true,
    upstreams: mixed,
    act: (ask) => ask("PATCH /name-servers/-/config", { body: change }),
    says: { config: change, results: [{ ...taken, config: change }, gone] },
  },
  {
    answer: "GET /name-servers/diff 200",
    upstreams: both,
    async act(ask) {
      await register(ask, {}, "t", "u");
      await ask("DELETE /name-servers/ns1%3A9876/topics/u");
      return ask("GET /name-servers/diff");
    },
    says: {
      data: [
        {
          kind: "topic",
          topic: "u",
          values: [
            { nameServer: "ns0:9876", value: true },
            { nameServer: "ns1:9876", value: null },
          ],
        },
      ],
      next: null,
      routes: { compared: 1, left: 0 },
      results: [taken, takenToo],
    },
  },
  {
    answer: "GET /name-servers/diff 207",
    upstreams: mixed,
    act: (ask) => ask("GET /name-servers/diff?namespace=n"),
    says: { data: [], next: null, routes: { compared: 0, left: 0 }, results: [taken, gone] },
  },
  {
    answer: "PUT /brokers/{broker}/write-permission 200",
    upstreams: both,
    act: (ask) => afterRegister(ask, "PUT /brokers/b1/write-permission"),
    says: {
      brokerName: "b1",
      results: [
        { ...taken, addTopicCount: 2 },
        { ...takenToo, addTopicCount: 2 },
      ],
    },
  },
  {
    answer: "PUT /brokers/{broker}/write-permission 207",
    upstreams: mixed,
    act: (ask) => afterRegister(ask, "PUT /brokers/b1/write-permission"),
    says: { brokerName: "b1", results: [{ ...taken, addTopicCount: 2 }, gone] },
  },
  {
    answer: "DELETE /brokers/{broker}/write-permission 200",
    upstreams: both,
    act: (ask) => afterRegister(ask, "DELETE /brokers/b1/write-permission"),
    says: {
      brokerName: "b1",
      results: [
        { ...taken, wipeTopicCount: 2 },
        { ...takenToo, wipeTopicCount: 2 },
      ],
    },
  },
  {
    answer: "DELETE /brokers/{broker}/write-permission 207",
    upstreams: mixed,
    act: (ask) => afterRegister(ask, "DELETE /brokers/b1/write-permission"),
    says: { brokerName: "b1", results: [{ ...taken, wipeTopicCount: 2 }, gone] },
  },
  {
    answer: "GET /topics 200",
    act: (ask) => afterRegister(ask, "GET /topics"),
    says: { data: [{ topic: "t" }, { topic: "u" }], next: null },
  },
  {
    answer: "GET /clusters/{cluster}/topics 200",
    act: (ask) => afterRegister(ask, "GET /clusters/c1/topics"),
    says: { data: [{ topic: "t" }, { topic: "u" }], next: null },
  },
  {
    answer: "DELETE /kv/{namespace} 200",
    upstreams: both,
    act: (ask) => afterPut(ask, "DELETE /kv/n?value=v"),
    says: {
      namespace: "n",
      value: "v",
      keys: ["a", "b"],
      results: [
        { ...taken, keys: ["a", "b"] },
        { ...takenToo, keys: ["a", "b"] },
      ],
    },
  },
  {
    answer: "DELETE /kv/{namespace} 207",
    upstreams: mixed,
    act: (ask) => afterPut(ask, "DELETE /kv/n?value=v"),
    says: { keys: ["a", "b"], results: [{ ...taken, keys: ["a", "b"] }, gone] },
  },
];
