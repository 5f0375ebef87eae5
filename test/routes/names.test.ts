import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Reply } from "../gateway/support/conformance.ts";
import { type Rig, startRig } from "../gateway/support/rig.ts";
import { broker } from "../support/http.ts";
import { topics } from "./support.ts";

const names = [
  "%RETRY%g",
  "%DLQ%g",
  "ns%topic",
  "%2F",
  "%",
  "a/b",
  "/",
  "//",
  "a?b=c",
  "a#b",
  "a b",
  " ",
  "a+b",
  "a&b=c;d",
  "é",
  "e\u0301",
  "ключ",
  "\u0000\n\u007f",
  "😀",
  "../..",
  "..a",
  "...",
  "a\\b",
  "~",
  "a~b",
  '"quoted"',
  "{name}",
  ":name",
  "*",
  "\ufeff",
  "__proto__",
  "constructor",
  "toString",
  "registrations",
  "x".repeat(1_000),
  "😀".repeat(500),
];

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig[Symbol.asyncDispose]());

async function ok(operation: string, body?: unknown): Promise<Reply> {
  const reply = await rig.ask(operation, { body });
  expect({ operation, ok: reply.status < 300, body: reply.body }).toMatchObject({ operation, ok: true });
  return reply;
}

describe.each(names)("%j comes back as it was", (name) => {
  const encoded = encodeURIComponent(name);

  test("as a namespace, a key and a value", async () => {
    const path = `/kv/${encoded}/${encoded}`;
    const entry = { namespace: name, key: name, value: name };
    expect((await ok(`PUT ${path}`, { value: name })).body).toMatchObject(entry);
    expect((await ok(`GET ${path}`)).body).toEqual(entry);
    expect(Object.entries((await ok(`GET /kv/${encoded}`)).body.table)).toEqual([[name, name]]);
    expect((await ok(`DELETE ${path}`)).body).toMatchObject({ namespace: name, key: name });
    expect(await rig.ask(`GET ${path}`)).toMatchObject({ status: 404, body: { code: 22 } });
  });

  test("as a cluster, a broker and a topic, and in the Location of its registration", async () => {
    const registered = await ok(
      "POST /brokers/register",
      broker({ clusterName: name, brokerName: name, ...topics(name) }),
    );
    const location = registered.headers.get("location") as string;
    const held = (await ok(`GET ${location}`)).body;
    expect(held).toMatchObject({ id: registered.body.id, clusterName: name, brokerName: name });
    expect(Object.keys(held.topicConfigSerializeWrapper.topicConfigTable)).toEqual([name]);
    expect((await ok("GET /brokers/registrations")).body.data).toHaveLength(1);

    const brokerData = { cluster: name, brokerName: name, brokerAddrs: { "0": "10.0.0.7:10911" } };
    expect((await ok(`GET /clusters/${encoded}`)).body).toMatchObject({
      clusterName: name,
      brokerNames: [name],
      brokerDatas: [brokerData],
    });
    if (name !== "registrations") expect((await ok(`GET /brokers/${encoded}`)).body).toMatchObject(brokerData);
    expect((await ok(`GET /topics/${encoded}/route`)).body).toMatchObject({
      queueDatas: [{ brokerName: name }],
      brokerDatas: [brokerData],
    });

    expect((await ok(`PUT ${location}?deleteStale=true`, topics())).body).toMatchObject({
      staleTopics: [name],
      deletedTopics: [{ topic: name, ok: true }],
    });
    expect(await rig.ask(`GET /topics/${encoded}/route`)).toMatchObject({ status: 404, body: { code: 17 } });
    expect((await ok(`DELETE ${location}`)).body.id).toBe(registered.body.id);
    for (const path of [location, `/clusters/${encoded}`]) expect((await rig.ask(`GET ${path}`)).status).toBe(404);
  });

  test("in the Location of a broker that isn't held", async () => {
    const { headers } = await ok("POST /brokers/register", broker({ brokerName: name, hold: false }));
    const location = headers.get("location") as string;
    if (name !== "registrations") expect((await ok(`GET ${location}`)).body.brokerName).toBe(name);
    const { haServerAddr: _, ...identity } = broker({ brokerName: name });
    await ok("POST /brokers/unregister", identity);
  });
});

test("names that only look alike are told apart", async () => {
  const brokers = [
    ["a~b", "c"],
    ["a", "b~c"],
    ["a%7Eb", "c"],
    ["a b", "c"],
    ["a%20b", "c"],
  ];
  const ids = new Set<string>();
  for (const [clusterName, brokerName] of brokers) {
    const { status, body } = await rig.ask("POST /brokers/register", { body: broker({ clusterName, brokerName }) });
    expect(status).toBe(201);
    ids.add(body.id);
  }
  expect(ids.size).toBe(brokers.length);
});
