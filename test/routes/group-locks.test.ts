import { describe, expect, test } from "bun:test";
import { fromUtf8 } from "../../src/bytes/utf8.ts";
import { startRig } from "../gateway/support/rig.ts";
import { brokerScript } from "./broker-script.ts";
import { groupScript, tells } from "./group-script.ts";
import { registerBrokers } from "./support.ts";

const handlers = { ...brokerScript, ...groupScript };
const up = { handlers };
const queue = (brokerName: string, queueId: number) => ({ topic: "%RETRY%g", brokerName, queueId });
const queues = [queue("b1", 0), queue("b2", 1), queue("b1", 2)];

describe.each([
  ["locks", 41],
  ["locks/release", 42],
])("POST /groups/{group}/%s", (action, code) => {
  test("sends each broker its own queues", async () => {
    await using rig = await startRig({ brokers: [up, up, up] });
    await registerBrokers(rig);
    const { status, body } = await rig.ask(`POST /groups/g/${action}`, { body: { clientId: "c", queues } });
    expect({ status, brokers: body.results.map((row: { brokerName: string }) => row.brokerName) }).toEqual({
      status: 200,
      brokers: ["b1", "b2"],
    });
    const sent = rig.brokers.map((server) =>
      server.requests(code).map((request) => JSON.parse(fromUtf8(request.body ?? new Uint8Array(), "body"))),
    );
    expect(sent).toEqual([
      [{ consumerGroup: "g", clientId: "c", mqSet: [queues[0], queues[2]] }],
      [{ consumerGroup: "g", clientId: "c", mqSet: [queues[1]] }],
      [],
    ]);
  });

  test("finds every broker before it sends anything", async () => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig);
    const reply = await rig.ask(`POST /groups/g/${action}`, { body: { clientId: "c", queues } });
    expect(reply).toMatchObject({
      status: 404,
      body: { detail: "Cannot find broker b2: the name servers know none of that name" },
    });
    expect(rig.brokers[0]?.requests(code)).toEqual([]);
  });

  test.each([
    [{ queues }, "/clientId"],
    [{ clientId: "c", queues: [] }, "/queues"],
    [{ clientId: "c", queues: [{ topic: "t", brokerName: "b1" }] }, "/queues/0/queueId"],
    [{ clientId: "c", queues: [queue("b1", -1)] }, "/queues/0/queueId"],
    [{ clientId: "", queues }, "/clientId"],
  ])("refuses the body %j", async (body, pointer) => {
    await using rig = await startRig({ brokers: [up] });
    expect(await rig.ask(`POST /groups/g/${action}`, { body })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer }] },
    });
  });
});

test("the answer to a lock has what is locked, of whichever broker", async () => {
  const part = tells('{"lockOKMQSet":[{"brokerName":"b1","queueId":2,"topic":"%RETRY%g"}]}');
  await using rig = await startRig({ brokers: [{ handlers: { ...handlers, 41: part } }, up] });
  await registerBrokers(rig);
  const { body } = await rig.ask("POST /groups/g/locks", { body: { clientId: "c", queues } });
  expect(body.data).toEqual([queue("b1", 2), queue("b2", 1)]);
});
