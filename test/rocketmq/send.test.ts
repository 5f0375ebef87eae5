import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { randomBytes } from "node:crypto";
import { transactionId } from "../../src/http/transaction-id.ts";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames } from "../../tools/rocketmq/generations.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import { type Broker, startBroker } from "../../tools/rocketmq/servers.ts";
import { sharedBroker, sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type Listener, listen } from "../support/events.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { http } from "../support/http.ts";
import { until } from "../support/until.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";

setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;
const TOPIC = "snd-t";
const EMOJI = "Grüße 👋 世界 \u0000 end";
/** The hash of the third is the least integer of all. */
const ordered = ["order-7", "a", "polygenelubricants", "Straße", "👋"];
const hashed = [...ordered, "the quick brown fox jumps over the lazy dog", "key 2"];

describe.skipIf(!rig.available).each([...generationNames])(`sending to %s${skipped}`, (generation) => {
  const isOld = generation === "3.2.6";
  const isNew = generation === "5.5.0";
  let gateway: GatewayProcess;
  let nameServer: string;
  let broker: Broker;
  let receiver: Receiver;

  beforeAll(async () => {
    nameServer = (await sharedNameServer(generation)).address;
    broker = await sharedBroker(generation);
    gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: nameServer, LOG: "off" } });
    const queues = { readQueueNums: 16, writeQueueNums: 16 };
    expect((await ask("PUT", `/topics/${TOPIC}?broker=${broker.brokerName}`, queues)).status).toBe(200);
    await until("the topic is there", async () => (await ask("GET", `/topics/${TOPIC}/route`)).status === 200);
    receiver = await startReceiver(generation, { nameServer, group: "snd-g", topics: [TOPIC], hashed });
  }, 3 * startTimeoutMillis);
  afterAll(async () => {
    await receiver?.[Symbol.asyncDispose]();
    expect(await gateway.stop()).toBe(0);
  });

  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    http(gateway.url, path, { method, body, headers });

  /** Sends, and sees that the answer is a receipt. */
  async function send(body: unknown, headers: Record<string, string> = {}, query = "") {
    const reply = await ask("POST", `/topics/${TOPIC}/messages${query}`, body, headers);
    const { sendStatus, messageQueue } = reply.body;
    const { topic, brokerName, queueId } = messageQueue ?? {};
    const where = { status: 200, sendStatus: "SEND_OK", topic: TOPIC, brokerName: broker.brokerName };
    expect({ status: reply.status, sendStatus, topic, brokerName }).toEqual(where);
    expect(queueId).toBeNumber();
    return reply.body;
  }

  /** Sends, and gives what Java got of it. */
  async function received(body: unknown, headers: Record<string, string> = {}, query = "") {
    const { msgId, offsetMsgId, queueOffset, messageQueue } = await send(body, headers, query);
    const message = await receiver.got(msgId);
    expect({ queueId: message.queueId, queueOffset: message.queueOffset }).toEqual({
      queueId: messageQueue.queueId,
      queueOffset,
    });
    return { ...message, offsetMsgId };
  }

  /** What the sender said of a message, of all that Java found with it. */
  const own = ({ properties }: { properties: Record<string, string> }, ...names: string[]) =>
    Object.fromEntries(names.map((name) => [name, properties[name]]));

  test("a text arrives with its tags, keys, properties and flag", async () => {
    const properties = { colour: "blue", größe: "👍", empty: "" };
    const message = await received({ body: EMOJI, tags: "a-tag", keys: ["k1", "k2"], properties, flag: 7 });
    expect(message.body.toString()).toBe(EMOJI);
    expect(message.flag).toBe(7);
    expect(own(message, "TAGS", "KEYS", "colour", "größe", "empty")).toEqual({
      TAGS: "a-tag",
      KEYS: "k1 k2",
      colour: "blue",
      größe: "👍",
      empty: undefined as unknown as string,
    });
    expect((await received({ body: "one key", keys: "k3" })).properties.KEYS).toBe("k3");
  });

  test("bytes arrive as they are, in base64 or raw, small and large", async () => {
    const all = Buffer.from(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    expect((await received({ bodyBase64: all.toString("base64") })).body).toEqual(all);
    // Random bytes don't get smaller.
    const large = randomBytes(isOld ? 400_000 : 1_000_000);
    const headers = {
      "content-type": "application/octet-stream",
      "rocketmq-tags": "raw",
      "rocketmq-keys": "k4 k5",
      "rocketmq-property-colour": "gr%C3%BCn",
      "rocketmq-properties": '{"Case":"kept"}',
      "rocketmq-flag": "9",
    };
    const message = await received(new Uint8Array(large), headers);
    expect(Bun.hash(message.body)).toBe(Bun.hash(large));
    expect(message.flag).toBe(9);
    expect(own(message, "TAGS", "KEYS", "colour", "Case", "content-type")).toEqual({
      TAGS: "raw",
      KEYS: "k4 k5",
      colour: "grün",
      Case: "kept",
      "content-type": undefined as unknown as string,
    });
    const picture = await received(new Uint8Array(all), { "content-type": "image/png" });
    expect([picture.body, picture.properties["content-type"]]).toEqual([all, "image/png"]);
  });

  test("a long text goes compressed, and arrives as it was", async () => {
    const body = "The same again. ".repeat(20_000);
    const { msgId, offsetMsgId } = await send({ body });
    expect((await receiver.got(msgId)).body.toString()).toBe(body);
    const stored = await ask("GET", `/messages/${offsetMsgId}`);
    expect(stored.body).toMatchObject({ msgId, body });
    expect(stored.body.storeSize).toBeLessThan(10_000);
  });

  test("v1 says the same as v2", async () => {
    const message = await received({ body: "v1", tags: "one", properties: { a: "b" } }, {}, "?wire=v1");
    expect(message.body.toString()).toBe("v1");
    expect(own(message, "TAGS", "a")).toEqual({ TAGS: "one", a: "b" });
  });

  test("CloudEvents arrive as properties and body, and are read back as they were", async () => {
    const attributes = { specversion: "1.0", id: "e-1", source: "/shop", type: "order.made", subject: "Grüße" };
    const binary = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`ce-${name}`, encodeURIComponent(value)]),
    );
    const json = '{"total":9007199254740993,"text":"👋"}';
    const one = await received(json, { ...binary, "content-type": "application/json", "rocketmq-tags": "ce" });
    expect(one.body.toString()).toBe(json);
    expect(own(one, "ce_id", "ce_source", "ce_subject", "content-type", "TAGS")).toEqual({
      ce_id: "e-1",
      ce_source: "/shop",
      ce_subject: "Grüße",
      "content-type": "application/json",
      TAGS: "ce",
    });
    const type = "application/cloudevents+json";
    const event = `{"specversion":"1.0","id":"e-2","source":"/shop","type":"order.made","data":${json}}`;
    const two = await received(event, { "content-type": type });
    expect(two.body.toString()).toBe(json);
    const back = await fetch(`${gateway.url}/messages/${two.offsetMsgId}`, { headers: { accept: type } });
    expect(back.headers.get("content-type")).toStartWith(type);
    expect(await back.text()).toContain('"total":9007199254740993');
    const bytes = { ...attributes, id: "e-3", subject: "s", datacontenttype: "image/png", data_base64: "AAH/" };
    const three = await received(JSON.stringify(bytes), { "content-type": type });
    expect([...three.body]).toEqual([0, 1, 255]);
    const batch = await ask("POST", `/topics/${TOPIC}/messages`, JSON.stringify([bytes, { ...bytes, id: "e-4" }]), {
      "content-type": "application/cloudevents-batch+json",
    });
    expect(batch.body.data).toHaveLength(2);
    expect((await receiver.got(batch.body.data[1].msgId)).properties.ce_id).toBe("e-4");
  });

  test("a delayed message comes later", async () => {
    const startedAt = Date.now();
    const { msgId } = await send({ body: "later", delayTimeLevel: 1 });
    const { atMillis, body } = await receiver.got(msgId);
    expect(body.toString()).toBe("later");
    expect(atMillis - startedAt).toBeGreaterThan(900);
  });

  test("a timed message comes at its time, where brokers know of time", async () => {
    const startedAt = Date.now();
    const after = { body: "after", deliverAfterMillis: 2_500 };
    const at = { body: "at", deliverAt: new Date(startedAt + 2_500).toISOString() };
    if (!isNew) {
      expect((await ask("POST", `/topics/${TOPIC}/messages`, after)).status).toBe(501);
      return;
    }
    const receipts = [await send(after), await send(at)];
    for (const { msgId, recallHandle } of receipts) {
      expect(recallHandle).toBeString();
      const { atMillis } = await receiver.got(msgId);
      expect(atMillis - startedAt).toBeGreaterThan(1_500);
    }
    const never = await ask("POST", `/topics/${TOPIC}/messages`, { body: "x", deliverAfterMillis: 864_000_000_000 });
    expect(never.status).toBe(422);
  });

  test("a list is one batch where brokers know batches, and all of it arrives", async () => {
    const list = Array.from({ length: 50 }, (_, index) => ({
      body: `batch ${index} 👋`,
      keys: [`b${index}`],
      tags: `t${index % 2}`,
      properties: { index: String(index) },
      flag: index,
    }));
    const { status, body } = await ask("POST", `/topics/${TOPIC}/messages`, list);
    expect(status).toBe(200);
    expect(body.data).toHaveLength(50);
    const queues = new Set(body.data.map((row: { messageQueue: { queueId: number } }) => row.messageQueue.queueId));
    expect(queues.size).toBe(isOld ? 16 : 1);
    for (const [index, row] of body.data.entries()) {
      const message = await receiver.got(row.msgId);
      expect(message.body.toString()).toBe(`batch ${index} 👋`);
      expect([message.flag, message.queueOffset, message.queueId]).toEqual([
        index,
        row.queueOffset,
        row.messageQueue.queueId,
      ]);
      expect(own(message, "KEYS", "TAGS", "index")).toEqual({
        KEYS: `b${index}`,
        TAGS: `t${index % 2}`,
        index: String(index),
      });
      expect((await ask("GET", `/messages/${row.offsetMsgId}`)).body.msgId).toBe(row.msgId);
    }
  });

  test("messages of a group go to the queue that Java takes, in their order", async () => {
    expect(receiver.hashes.size).toBe(hashed.length);
    const queueOf = async (messageGroup: string) => {
      const message = await received({ body: "ordered", messageGroup });
      expect(message.properties.__SHARDINGKEY).toBe(isNew ? messageGroup : (undefined as unknown as string));
      return message.queueId;
    };
    for (const name of hashed) expect([name, await queueOf(name)]).toEqual([name, receiver.hashes.get(name) ?? -1]);
    const lines = Array.from({ length: 100 }, (_, index) =>
      JSON.stringify({ body: `${index}`, messageGroup: ordered[index % ordered.length] }),
    );
    const { text } = await ask("POST", `/topics/${TOPIC}/messages`, lines.join("\n"), {
      "content-type": "application/x-ndjson",
    });
    const receipts = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(receipts).toHaveLength(100);
    for (const [nth, name] of ordered.entries()) {
      const of = receipts.filter((_, index) => index % ordered.length === nth);
      const places = of.map(({ messageQueue, queueOffset }) => [messageQueue.queueId, queueOffset]);
      expect([...new Set(places.map(([queueId]) => queueId))]).toEqual([receiver.hashes.get(name) ?? -1]);
      expect(places.map(([, offset]) => offset)).toEqual(places.map(([, offset]) => offset).toSorted((a, b) => a - b));
    }
    await receiver.got(receipts[99].msgId);
  });

  test("one queue of one broker can be meant, and must be there", async () => {
    const { brokerName } = broker;
    const { queueId } = await received({ body: "there", brokerName, queueId: 5 });
    expect(queueId).toBe(5);
    const status = async (body: object) => (await ask("POST", `/topics/${TOPIC}/messages`, body)).status;
    expect(await status({ body: "x", brokerName, queueId: 16 })).toBe(422);
    expect(await status({ body: "x", brokerName: "nobody" })).toBe(422);
    expect(await status({ body: "" })).toBe(422);
    const nowhere = await ask("POST", "/topics/snd-nowhere/messages", { body: "x" });
    expect(nowhere).toMatchObject({ status: 404, body: { code: 17, hint: expect.stringContaining("PUT /topics/") } });
  });

  test("lines are sent as they come, and a bad one stops no other", async () => {
    const lines = Array.from({ length: 300 }, (_, index) => (index === 123 ? "{bad" : `{"body":"line ${index}"}`));
    const response = await fetch(`${gateway.url}/topics/${TOPIC}/messages`, {
      method: "POST",
      headers: { "content-type": "application/x-ndjson" },
      body: lines.join("\r\n"),
    });
    expect(response.headers.get("content-type")).toBe("application/x-ndjson");
    const answers = (await response.text()).trimEnd().split("\n");
    expect(answers).toHaveLength(300);
    for (const [index, line] of answers.entries()) {
      const answer = JSON.parse(line);
      if (index === 123) expect(answer).toMatchObject({ line: 124, problem: { status: 400 } });
      else expect((await receiver.got(answer.msgId)).body.toString()).toBe(`line ${index}`);
    }
  });

  test("what is sent twice under one key is there once", async () => {
    const headers = { "idempotency-key": "snd-key-1" };
    const first = await send({ body: "once", keys: ["mine"] }, headers);
    expect(await send({ body: "once", keys: ["mine"] }, headers)).toEqual(first);
    const other = await ask("POST", `/topics/${TOPIC}/messages`, { body: "other" }, headers);
    expect(other.status).toBe(409);
    expect((await receiver.got(first.msgId)).properties.KEYS).toBe("mine snd-key-1");
    await received({ body: "behind it" });
    expect(receiver.received.filter(({ body }) => body.toString() === "once")).toHaveLength(1);
  });

  describe("a transaction", () => {
    const begin = async (body: string) => {
      const message = { body, tags: "tx", producerGroup: "snd-p", properties: { part: "half" } };
      const reply = await ask("POST", `/topics/${TOPIC}/transactions`, message);
      expect(reply.status).toBe(201);
      return { ...reply.body, path: reply.headers.get("location") ?? "" };
    };
    const end = (path: string, state: string) => ask("PUT", path, { state });

    test("that is committed is delivered, and one that is rolled back is not", async () => {
      const [dropped, open, kept] = [await begin("dropped"), await begin("open"), await begin("kept")];
      expect((await ask("GET", kept.path)).body).toMatchObject({
        topic: TOPIC,
        brokerName: broker.brokerName,
        producerGroup: "snd-p",
        msgId: kept.msgId,
      });
      expect((await end(open.path, "unknown")).status).toBe(202);
      expect((await end(dropped.path, "rollback")).status).toBe(200);
      expect((await end(kept.path, "commit")).status).toBe(200);
      const message = await receiver.got(kept.msgId);
      expect(message.body.toString()).toBe("kept");
      expect(own(message, "TAGS", "part")).toEqual({ TAGS: "tx", part: "half" });
      const bodies = () => receiver.received.map(({ body }) => body.toString());
      expect(bodies()).not.toContain("dropped");
      expect(bodies()).not.toContain("open");
      expect((await end(open.path, "commit")).status).toBe(200);
      expect((await receiver.got(open.msgId)).body.toString()).toBe("open");
      await received({ body: "after the transactions" });
      expect(bodies()).not.toContain("dropped");
    });

    test("that isn't there can't be ended", async () => {
      const { path } = await begin("elsewhere");
      const { id: _, ...transaction } = (await ask("GET", path)).body;
      const end = async (more: object) => {
        const id = transactionId({ ...transaction, ...more });
        return (await ask("PUT", `/transactions/${id}`, { state: "commit" })).status;
      };
      expect(await end({ commitLogOffset: 1 })).toBe(404);
      expect(await end({ producerGroup: "another" })).toBe(404);
      expect(await end({ tranStateTableOffset: 999_999 })).toBe(404);
    });
  });

  const asksNobody = isOld ? " (skipped: a broker of 3.x asks nobody)" : "";
  describe.skipIf(isOld)(`a transaction that nobody ends${asksNobody}`, () => {
    const topic = "snd-asked";
    let asking: Broker;
    beforeAll(async () => {
      const properties = { transactionTimeOut: 1_000, transactionCheckInterval: 2_000 };
      asking = await startBroker(generation, { nameServers: [nameServer], brokerName: "broker-tx", properties });
      expect((await ask("PUT", `/topics/${topic}?broker=broker-tx`, {})).status).toBe(200);
      await until("the topic is there", async () => (await ask("GET", `/topics/${topic}/route`)).status === 200);
    }, startTimeoutMillis);
    afterAll(() => asking?.stop());

    test("is asked about, and the answer counts", async () => {
      const opened = await ask("POST", "/sessions", { producerGroups: ["snd-asked-p"] });
      const events: Listener = listen(await fetch(`${gateway.url}/sessions/${opened.body.id}/events`));
      await using delivered = await startReceiver(generation, { nameServer, group: "snd-asked-g", topics: [topic] });
      const { headers, body } = await ask("POST", `/topics/${topic}/transactions`, {
        body: "asked about",
        producerGroup: "snd-asked-p",
      });
      const path = headers.get("location") ?? "";
      const { data } = (await events.next("transaction-check")) ?? {};
      const { commitLogOffset, tranStateTableOffset } = data.extFields;
      const check = { commitLogOffset, tranStateTableOffset };
      expect((await ask("PUT", path, { state: "commit", check })).status).toBe(200);
      expect((await delivered.got(body.msgId)).body.toString()).toBe("asked about");
      await ask("DELETE", `/sessions/${opened.body.id}`);
    });
  });
});
