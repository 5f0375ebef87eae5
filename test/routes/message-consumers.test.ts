import { expect, test } from "bun:test";
import { type Rig, startRig } from "../gateway/support/rig.ts";
import type { Handler } from "../support/scripted-connection.ts";
import { refusing, silent } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import { connection, consumers, groupScript, offsetMsgIdAt, stats, tells } from "./group-script.ts";
import { registerBrokers } from "./support.ts";

const script = { ...brokerScript, ...groupScript };
const topic = "CatTopicP1";
const online = (options = {}) => consumers(connection("10.0.0.9:1"), { topic, ...options });

async function started(more: Readonly<Record<number, Handler>>, limits = {}): Promise<Rig> {
  const handlers = { ...script, 300: tells('{"groupList":["g"]}'), ...more };
  const rig = await startRig({ brokers: [{ host: "10.1.0.1", handlers }], limits });
  await registerBrokers(rig, topic);
  return rig;
}

const ask = ({ ask, brokers }: Rig, offset = 0) =>
  ask(`GET /messages/${offsetMsgIdAt(brokers[0]?.address, offset)}/consumers`);

// What Java's administration tools make of the same answers.
test.each([
  ["CONSUMED", { 203: online(), 208: stats(1) }],
  ["CONSUMED", { 203: online({ tags: '"TagB","TagA"' }), 208: stats(9) }],
  ["CONSUMED", { 203: online({ tags: '"*"' }), 208: stats(1) }],
  ["CONSUMED_BUT_FILTERED", { 203: online({ tags: '"TagB"' }), 208: stats(1) }],
  ["NOT_CONSUME_YET", { 203: online(), 208: stats(0) }],
  ["NOT_CONSUME_YET", { 203: online({ tags: '"TagB"' }), 208: stats(0) }],
  ["NOT_CONSUME_YET", { 203: online(), 208: tells('{"consumeTps":0,"offsetTable":{}}') }],
  ["PULL", { 203: online({ consumeType: "CONSUME_ACTIVELY" }) }],
  ["UNKNOWN", { 203: online({ consumeType: "CONSUME_POP" }) }],
  ["CONSUME_BROADCASTING", { 203: online({ messageModel: "BROADCASTING" }) }],
  ["NOT_ONLINE", { 203: refusing(206, "the consumer group[g] not online") }],
  ["UNKNOWN", { 203: online(), 208: refusing(17, "no such topic") }],
])("a message is %s", async (trackType, answers) => {
  await using rig = await started(answers);
  const { status, body } = await ask(rig);
  expect({ status, body }).toMatchObject({ status: 200, body: { topic, data: [{ consumerGroup: "g", trackType }] } });
});

test("the answer says what was sent, and asks for nothing else", async () => {
  await using rig = await started({});
  const { body } = await ask(rig, 4_711);
  expect(body.emulatedBy).toEqual([
    "VIEW_MESSAGE_BY_ID",
    "QUERY_TOPIC_CONSUME_BY_WHO",
    "GET_CONSUMER_CONNECTION_LIST",
    "GET_CONSUME_STATS",
  ]);
  const [server] = rig.brokers;
  const sent = (code: number) => server?.requests(code).map(({ extFields }) => extFields);
  expect([sent(33), sent(300), sent(203), sent(208)]).toEqual([
    [{ offset: "4711" }],
    [{ topic }],
    [{ consumerGroup: "g" }],
    [{ consumerGroup: "g", topic }],
  ]);
  expect(sent(214)).toEqual([]);
});

test("a group that can't be asked about hides no other", async () => {
  const groups = Array.from({ length: 7 }, (_, index) => `g${index}`);
  const answers = {
    300: tells(JSON.stringify({ groupList: groups })),
    203: (...[request, connection]: Parameters<Handler>) => {
      const answer = request.extFields?.consumerGroup === "g6" ? silent : online();
      return answer(request, connection);
    },
  };
  await using rig = await started(answers, { timeoutMillis: 300, maxGroupsAtOnce: 4 });
  const { status, body } = await ask(rig);
  expect(status).toBe(200);
  const { exceptionDesc, ...last } = body.data.pop();
  expect(body.data).toEqual(groups.slice(0, 6).map((consumerGroup) => ({ consumerGroup, trackType: "CONSUMED" })));
  expect(last).toEqual({ consumerGroup: "g6", trackType: "UNKNOWN" });
  expect(exceptionDesc).toStartWith("Cannot ");
});

test("one that nobody consumes has no row", async () => {
  await using rig = await started({ 300: tells('{"groupList":[]}') });
  expect((await ask(rig)).body.data).toEqual([]);
});

test.each([
  ["isn't there", refusing(1, "can not find message by the offset, 0"), 404],
  ["is none", () => ({ body: new Uint8Array(99) }), 502],
  ["has no body", () => ({}), 502],
] as const)("one that %s", async (_, answer, status) => {
  await using rig = await started({ 33: answer });
  expect((await ask(rig)).status).toBe(status);
});

test.each(["x", "7F00000100002A9F00000000000000", "7F00000100002A9F000000000000000G"])("no id: %s", async (id) => {
  await using rig = await startRig();
  expect(await rig.ask(`GET /messages/${id}/consumers`)).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: "{offsetMsgId}" }] },
  });
});

test.each([
  ["[fd00::2]:10911", "FD000000000000000000000000000002"],
  ["fd00::2:10911", "FD000000000000000000000000000002"],
])("a broker that is registered as %s is found by its id", async (brokerAddr, host) => {
  // IPv6 has 16 bytes in an id.
  await using rig = await startRig({ brokers: [{ handlers: script }], addressMap: (address) => mapped(address) });
  const mapped = (address: string) => (address === brokerAddr ? (rig.brokers[0]?.name ?? "") : address);
  // As Java does: a caller of ours would have to write brackets.
  const extFields = { clusterName: "c1", brokerName: "b1", brokerId: 0, brokerAddr, haServerAddr: brokerAddr };
  await rig.ask("POST /invoke", { body: { target: "ns0:9876", name: "REGISTER_BROKER", extFields } });
  const { status, body } = await rig.ask(`GET /messages/${host}00002A9F0000000000000000/consumers`);
  expect({ status, topic: body.topic }).toEqual({ status: 200, topic });
});
