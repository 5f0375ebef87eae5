import type { Route } from "../../src/http/route.ts";
import { transactionId } from "../../src/http/transaction-id.ts";
import { V3_2_6, V5_5_0 } from "../../src/wire/versions.ts";
import { type Rig, startRig } from "../gateway/support/rig.ts";
import { broker } from "../support/http.ts";
import { brokerScript } from "./broker-script.ts";
import { client, offsetMsgIdAt } from "./group-script.ts";
import { handleOf } from "./lease-script.ts";
import { identity, register, topics } from "./support.ts";

const message = { offsetMsgId: "" };
const locks = { clientId: client, queues: [{ topic: "t", brokerName: "b1", queueId: 0 }] };

/** A body that a route takes, by method and path; the others take none. */
const bodies: Readonly<Record<string, unknown>> = {
  "POST /brokers/register": broker({ brokerName: "b2", brokerAddr: "10.0.0.8:10911" }),
  "PUT /brokers/registrations/{id}": topics("t"),
  "POST /brokers/unregister": identity({ brokerName: "b3" }),
  "POST /brokers/data-version": identity(),
  "PUT /kv/{namespace}/{key}": { value: "v2" },
  "PATCH /name-servers/{nameServer}/config": { productEnvName: "x" },
  "PUT /topics/{topic}": { perm: 4 },
  "PATCH /brokers/{broker}/config": { maxMessageSize: 4_194_304 },
  "POST /brokers/{broker}/cleanups": { target: "unused-topics" },
  "POST /brokers/{broker}/filter-servers": { filterServerAddr: "10.0.0.7:10921" },
  "PUT /filter-servers/{filterServer}/classes/{className}": { consumerGroup: "g", topic: "t", source: "class B {}" },
  "PUT /groups/{group}": { retryMaxTimes: 3 },
  "PUT /groups/{group}/state": { state: "suspended" },
  "POST /groups/{group}/clients/{client}/messages": message,
  "PUT /groups/{group}/offsets/{topic}/{broker}/{queue}": { offset: 4 },
  "POST /groups/{group}/offsets/reset": { topic: "t", timestamp: -1 },
  "POST /groups/{group}/offsets/clone": { srcGroup: "h" },
  "POST /groups/{group}/locks": locks,
  "POST /groups/{group}/locks/release": locks,
  "POST /groups/{group}/topics/{topic}/messages/receive": {},
  "POST /groups/{group}/topics/{topic}/messages/ack": { receiptHandle: handleOf() },
  "POST /groups/{group}/topics/{topic}/messages/renew": { receiptHandle: handleOf(), invisibleMillis: 60_000 },
  "POST /groups/{group}/messages/{offsetMsgId}/retry": { delayLevel: 3 },
  "POST /topics/{topic}/messages": { body: "x" },
  "POST /topics/{topic}/transactions": { body: "x" },
  "PUT /transactions/{transaction}": { state: "commit" },
  "POST /sessions": { consumerGroups: [{ group: "g", topic: "t" }] },
};

const segments: Record<string, string> = {
  id: "c1~b1~0",
  client,
  cluster: "c1",
  broker: "b1",
  group: "g",
  producerGroup: "p",
  topic: "t",
  namespace: "n",
  key: "k",
  queue: "7",
  className: "a.B",
  nameServer: "-",
  code: "105",
  statsName: "TOPIC_PUT_NUMS",
  statsKey: "t",
  transaction: transactionId({
    topic: "t",
    brokerName: "b1",
    producerGroup: "p",
    msgId: "7F000001000000000000000000000000",
    transactionId: "7F000001000000000000000000000000",
    commitLogOffset: 0,
    tranStateTableOffset: 0,
  }),
};

const queries: Readonly<Record<string, string>> = {
  "DELETE /kv/{namespace}": "value=v",
  "PUT /topics/{topic}": "cluster=c1",
  "DELETE /topics/{topic}": "broker=b1",
  "PUT /groups/{group}": "cluster=c1",
  "DELETE /groups/{group}": "broker=b1&cleanOffset=true",
  "GET /groups/{group}/status": "topic=t",
  "GET /groups/{group}/offsets/corrections": "topic=t",
};

export function nameOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

/** The operation with every parameter filled in, and what it takes. */
export function operationOf(route: Route, query = ""): [operation: string, init: { body?: unknown }] {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segments[name] ?? name);
  const search = [queries[nameOf(route)], query].filter(Boolean).join("&");
  const body = bodies[nameOf(route)];
  return [`${route.method} ${path}${search ? `?${search}` : ""}`, body === undefined ? {} : { body }];
}

/** What newer brokers don't answer. */
const onlyOld: ReadonlySet<string> = new Set(["POST /brokers/{broker}/filter-servers"]);

/** A gateway that holds a live broker with a topic and a filter server, a client session and a key. */
export async function furnished(route?: Route): Promise<Rig> {
  const version = route && onlyOld.has(nameOf(route)) ? V3_2_6 : V5_5_0;
  const brokers = [{ host: "10.1.0.1", handlers: brokerScript, version }];
  const rig = await startRig({ allowConfigChanges: true, allowFilterClasses: true, brokers });
  const brokerAddr = rig.brokers[0]?.name ?? "";
  message.offsetMsgId = offsetMsgIdAt(rig.brokers[0]?.address);
  segments.offsetMsgId = message.offsetMsgId;
  segments.filterServer = encodeURIComponent(brokerAddr);
  await register(rig.ask, { brokerAddr, filterServerList: [brokerAddr] }, "t", "t2");
  await rig.ask("PUT /kv/n/k", { body: { value: "v" } });
  segments.session = (await rig.ask("POST /sessions", { body: { producerGroups: ["p"] } })).body.id;
  return rig;
}
