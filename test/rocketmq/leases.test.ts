import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames } from "../../tools/rocketmq/generations.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import type { Broker } from "../../tools/rocketmq/servers.ts";
import { sharedBroker, sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { type HttpAnswer, http } from "../support/http.ts";
import { until } from "../support/until.ts";

setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;

/** What of a message these tests look at. */
interface Received {
  readonly body: string;
  readonly receiptHandle: string;
  readonly visibleAt: number;
  readonly deliveryAttempt: number;
  readonly msgId: string;
}

describe.skipIf(!rig.available).each([...generationNames])(`messages on lease at %s${skipped}`, (generation) => {
  let gateways: GatewayProcess[] = [];
  let broker: Broker;
  const isServed = generation === "5.5.0";

  beforeAll(async () => {
    const { address } = await sharedNameServer(generation);
    broker = await sharedBroker(generation);
    const start = () => startGatewayProcess({ settings: { NAMESRV_ADDR: address, LOG: "off" } });
    gateways = await Promise.all([start(), start()]);
  }, 2 * startTimeoutMillis);
  afterAll(() => Promise.all(gateways.map((gateway) => gateway.stop())));

  /** Asks the first gateway, or another one. */
  function ask(method: string, path: string, body?: unknown, replica = 0, headers = {}): Promise<HttpAnswer> {
    return http(gateways[replica]?.url ?? "", path, { method, body, headers });
  }

  /** Makes a topic of one queue. */
  async function putTopic(topic: string): Promise<void> {
    const config = { readQueueNums: 1, writeQueueNums: 1 };
    expect((await ask("PUT", `/topics/${topic}?broker=${broker.brokerName}`, config)).status).toBe(200);
    const isThere = async () => (await ask("GET", `/topics/${topic}/route`)).status === 200;
    await until("name servers know the topic", isThere);
  }

  async function putGroup(group: string, config: object): Promise<void> {
    expect((await ask("PUT", `/groups/${group}?broker=${broker.brokerName}`, config)).status).toBe(200);
  }

  async function send(topic: string, ...bodies: readonly string[]): Promise<void> {
    for (const body of bodies) {
      const extFields = {
        ...{ producerGroup: "lease-p", topic, defaultTopic: "TBW102", defaultTopicQueueNums: 4, queueId: 0, flag: 0 },
        ...{ sysFlag: 0, bornTimestamp: String(Date.now()), properties: `TAGS\u0001${body}\u0002`, reconsumeTimes: 0 },
        unitMode: false,
      };
      const sent = await ask("POST", "/invoke", { target: `broker:${broker.brokerName}`, code: 10, extFields, body });
      expect(sent.body).toMatchObject({ code: 0 });
    }
  }

  async function receive(group: string, topic: string, wish: object = {}, replica = 0): Promise<Received[]> {
    const path = `/groups/${group}/topics/${topic}/messages/receive`;
    const { status, body } = await ask("POST", path, { maxMessages: 32, waitMillis: 15_000, ...wish }, replica);
    expect({ status, body }).toMatchObject({ status: 200, body: { next: null } });
    return body.data;
  }

  const ack = (group: string, topic: string, stated: object, replica = 0) =>
    ask("POST", `/groups/${group}/topics/${topic}/messages/ack`, stated, replica);
  const renew = (group: string, topic: string, receiptHandle: string | undefined, invisibleMillis: number) =>
    ask("POST", `/groups/${group}/topics/${topic}/messages/renew`, { receiptHandle, invisibleMillis });
  const bodiesOf = (messages: readonly Received[]) => messages.map(({ body }) => body);
  const handlesOf = (messages: readonly Received[]) => messages.map(({ receiptHandle }) => receiptHandle);

  describe.skipIf(!isServed)(isServed ? "that serves them" : "that serves none (skipped: they are new in 5.0)", () => {
    test("a message that is acknowledged, by whichever gateway, is not seen again; any other is", async () => {
      const [group, topic] = ["lease-g1", "lease-t1"];
      await putTopic(topic);
      await send(topic, "a", "b", "c", "d");
      const first = await receive(group, topic, { invisibleMillis: 2_000 });
      expect(bodiesOf(first)).toEqual(["a", "b", "c", "d"]);
      expect(first.map(({ deliveryAttempt }) => deliveryAttempt)).toEqual([1, 1, 1, 1]);
      // Hidden from the group, and not from another one.
      expect(await receive(group, topic, { waitMillis: 0 }, 1)).toEqual([]);
      const others = await receive("lease-g1b", topic, { invisibleMillis: 60_000 }, 1);
      expect(bodiesOf(others)).toEqual(["a", "b", "c", "d"]);

      const [a, b, c, d] = handlesOf(first);
      expect((await ack(group, topic, { receiptHandle: a }, 1)).status).toBe(200);
      const batch = await ack(group, topic, { receiptHandles: [b, "x", c] }, 1);
      expect({ status: batch.status, oks: batch.body.results.map(({ ok }: { ok: boolean }) => ok) }).toEqual({
        status: 207,
        oks: [true, false, true],
      });
      const again = await receive(group, topic, { invisibleMillis: 60_000 });
      expect(again).toMatchObject([{ body: "d", deliveryAttempt: 2, msgId: first[3]?.msgId }]);
      expect(Date.now()).toBeGreaterThanOrEqual(first[3]?.visibleAt ?? 0);
      expect(await ack(group, topic, { receiptHandle: d })).toMatchObject({
        status: 410,
        body: { type: "/problems/gone" },
      });
      expect((await ack(group, topic, { receiptHandles: handlesOf(again) }, 1)).status).toBe(200);
      const acknowledged = await ack("lease-g1b", topic, { receiptHandles: handlesOf(others) });
      expect(acknowledged.status).toBe(200);
    });

    test("a message that is renewed stays hidden, and given back it comes at once", async () => {
      const [group, topic] = ["lease-g2", "lease-t2"];
      await putTopic(topic);
      await send(topic, "a");
      const [held] = await receive(group, topic, { invisibleMillis: 1_500 });
      const renewed = await renew(group, topic, held?.receiptHandle, 60_000);
      expect(renewed.status).toBe(200);
      expect(renewed.body.visibleAt).toBeGreaterThan((held?.visibleAt ?? 0) + 50_000);
      // It would have come after 4 to 5 seconds.
      expect(await receive(group, topic, { waitMillis: 6_000 })).toEqual([]);
      const back = await renew(group, topic, renewed.body.receiptHandle, 0);
      expect(back.status).toBe(200);
      const again = await receive(group, topic, { invisibleMillis: 60_000 });
      expect(again).toMatchObject([{ body: "a", deliveryAttempt: 2 }]);
      // A message that comes again is renewed and acknowledged in its retry topic.
      const once = await renew(group, topic, again[0]?.receiptHandle, 1_000);
      expect((await ack(group, topic, { receiptHandle: once.body.receiptHandle })).status).toBe(200);
      expect(await receive(group, topic, { waitMillis: 5_000 })).toEqual([]);
    });

    test("a receive that waits gets a message as soon as it comes, and only one of two does", async () => {
      const [group, topic] = ["lease-g3", "lease-t3"];
      await putTopic(topic);
      expect(await receive(group, topic, { waitMillis: 0 })).toEqual([]);
      const waiting = [0, 1].map(async (replica) => {
        const messages = await receive(group, topic, { waitMillis: 4_000 }, replica);
        return { messages: bodiesOf(messages), at: performance.now() };
      });
      const answered = Promise.race(waiting);
      const idle = await receive("lease-g3b", topic, { waitMillis: 500 });
      const sentAt = performance.now();
      await send(topic, "now");
      const { messages, at } = await answered;
      expect({ idle, messages }).toEqual({ idle: [], messages: ["now"] });
      expect(at - sentAt).toBeLessThan(1_000);
      const both = (await Promise.all(waiting)).flatMap(({ messages }) => messages);
      expect(both).toEqual(["now"]);
    });

    test("a limit of the caller's own ends the waiting with an empty list", async () => {
      const [group, topic] = ["lease-g4", "lease-t3"];
      await receive(group, topic, { invisibleMillis: 60_000, waitMillis: 0 });
      const startedAt = performance.now();
      const path = `/groups/${group}/topics/${topic}/messages/receive`;
      const reply = await ask("POST", path, { waitMillis: 30_000 }, 0, { prefer: "wait=1" });
      expect({ status: reply.status, data: reply.body.data }).toEqual({ status: 200, data: [] });
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    });

    test("only what an expression asks for is received", async () => {
      const topic = "lease-t5";
      await putTopic(topic);
      await send(topic, "a", "b", "c");
      expect(bodiesOf(await receive("lease-g5", topic, { tags: "a || c", waitMillis: 0 }))).toEqual(["a", "c"]);
      expect(bodiesOf(await receive("lease-g5b", topic, { sql: "TAGS = 'b'", waitMillis: 0 }))).toEqual(["b"]);
      const path = `/groups/lease-g5c/topics/${topic}/messages/receive`;
      expect(await ask("POST", path, { sql: "a >>> b" })).toMatchObject({ status: 400, body: { code: 23 } });
    });

    test("a message whose last attempt failed is among the dead letters", async () => {
      const [group, topic] = ["lease-g6", "lease-t6"];
      await putTopic(topic);
      await putGroup(group, { retryMaxTimes: 1 });
      await send(topic, "poison");
      const attempts: number[] = [];
      for (let turn = 0; turn < 2; turn++) {
        const [message] = await receive(group, topic, { invisibleMillis: 60_000 });
        attempts.push(message?.deliveryAttempt ?? 0);
        expect((await renew(group, topic, message?.receiptHandle, 0)).status).toBe(200);
      }
      expect(attempts).toEqual([1, 2]);
      const { body } = await ask("POST", `/groups/${group}/topics/${topic}/messages/receive`, { waitMillis: 6_000 });
      expect({ data: body.data, dead: body.deadLetters.length }).toEqual({ data: [], dead: 1 });
      // Where operators look for it.
      const letters = await receive("lease-undertaker", encodeURIComponent(`%DLQ%${group}`));
      expect(letters).toMatchObject([{ body: "poison", msgId: body.deadLetters[0] }]);
      expect(await receive(group, topic, { waitMillis: 3_000 })).toEqual([]);
    });

    test("a group in order gets nothing more of a queue until all is acknowledged, and dead letters in order", async () => {
      const [group, topic] = ["lease-g7", "lease-t7"];
      await putTopic(topic);
      await putGroup(group, { consumeMessageOrderly: true, retryMaxTimes: 1 });
      await send(topic, "a", "b", "c");
      const first = await receive(group, topic, { maxMessages: 2, attemptId: "x", invisibleMillis: 60_000 });
      expect(bodiesOf(first)).toEqual(["a", "b"]);
      expect(await receive(group, topic, { waitMillis: 300 }, 1)).toEqual([]);
      const same = await receive(group, topic, { maxMessages: 2, attemptId: "x", invisibleMillis: 60_000 });
      expect(bodiesOf(same)).toEqual(["a", "b"]);
      expect((await ack(group, topic, { receiptHandles: handlesOf(same) })).status).toBe(200);
      const [c] = await receive(group, topic, { invisibleMillis: 60_000 });
      expect(c).toMatchObject({ body: "c", deliveryAttempt: 1 });
      expect((await renew(group, topic, c?.receiptHandle, 0)).status).toBe(200);
      const [once] = await receive(group, topic, { invisibleMillis: 60_000 });
      expect(once).toMatchObject({ body: "c", deliveryAttempt: 2 });
      expect((await renew(group, topic, once?.receiptHandle, 0)).status).toBe(200);
      await send(topic, "d");
      const left = await until("the poison is out of the way", async () => {
        const messages = await receive(group, topic, { invisibleMillis: 60_000 });
        return messages.length > 0 && messages;
      });
      expect(bodiesOf(left)).toEqual(["d"]);
      expect((await ack(group, topic, { receiptHandles: handlesOf(left) })).status).toBe(200);
      expect(bodiesOf(await receive("lease-undertaker", encodeURIComponent(`%DLQ%${group}`)))).toEqual(["c"]);
    });

    test("what brokers refuse is told", async () => {
      await putTopic("lease-t8");
      await putGroup("lease-g8", { consumeEnable: false });
      const suspended = await ask("POST", "/groups/lease-g8/topics/lease-t8/messages/receive", {});
      expect(suspended).toMatchObject({ status: 403, body: { code: 16 } });
      const unknown = await ask("POST", "/groups/lease-g8/topics/lease-none/messages/receive", {});
      expect(unknown).toMatchObject({ status: 404, body: { code: 17 } });
      const noGroup = await ask("POST", "/groups/no%20group/topics/lease-t8/messages/receive", {});
      expect(noGroup).toMatchObject({ status: 404, body: { code: 26 } });
    });
  });

  const servesThem = isServed ? " (skipped: this generation serves them)" : "";
  test.skipIf(isServed)(
    `is 501 where brokers serve none, and the hint says what to do instead${servesThem}`,
    async () => {
      await putTopic("lease-old");
      const path = "/groups/g/topics/lease-old/messages";
      const asked = [
        ask("POST", `${path}/receive`, {}),
        ask("POST", `${path}/ack`, { receiptHandle: "x" }),
        ask("POST", `${path}/renew`, { receiptHandle: "x", invisibleMillis: 0 }),
      ];
      for (const { status, body } of await Promise.all(asked)) {
        expect({ status, isHelpful: body.hint.includes("PUT /groups/{group}/offsets/") }).toEqual({
          status: 501,
          isHelpful: true,
        });
      }
    },
  );
});
