import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames } from "../../tools/rocketmq/generations.ts";
import { runJava } from "../../tools/rocketmq/java.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import { type Broker, startBroker } from "../../tools/rocketmq/servers.ts";
import { sharedBroker, sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type Listener, listen } from "../support/events.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { http } from "../support/http.ts";
import { until } from "../support/until.ts";

setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;
const java = (program: string) => join(import.meta.dir, `java/${program}.java`);

interface Sent {
  readonly name: string;
  readonly msgId: string;
  readonly offsetMsgId: string;
  readonly bytes: Buffer;
}

/** A message as the gateway tells it. */
interface Read {
  readonly brokerName: string;
  readonly msgId: string;
  readonly offsetMsgId: string;
  readonly body?: string;
  readonly bodyBase64?: string;
  readonly tags?: string;
  readonly keys?: string[];
  readonly properties: Record<string, string>;
  readonly sysFlag: number;
  readonly queueId: number;
  readonly queueOffset: number;
  readonly storeTimestamp: number;
}

const bytesOf = ({ body, bodyBase64 }: Read) =>
  bodyBase64 === undefined ? Buffer.from(body ?? "") : Buffer.from(bodyBase64, "base64");

describe.skipIf(!rig.available).each([...generationNames])(`messages of %s${skipped}`, (generation) => {
  const topic = "rmsg-kinds";
  const isOld = generation === "3.2.6";
  let gateway: GatewayProcess;
  let nameServer: string;
  let broker: Broker;
  let sent: Sent[];

  beforeAll(async () => {
    nameServer = (await sharedNameServer(generation)).address;
    broker = await sharedBroker(generation);
    gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: nameServer } });
    await putTopic(topic);
    const { stdout, stderr } = await runJava(generation, java("SendKinds"), [nameServer, topic, "rmsg-p"]);
    sent = stdout.split("\n").flatMap((line) => {
      const [word, name = "", msgId = "", offsetMsgId = "", base64 = ""] = line.split(" ");
      return word === "sent" ? [{ name, msgId, offsetMsgId, bytes: Buffer.from(base64, "base64") }] : [];
    });
    if (sent.length !== (isOld ? 12 : 15)) throw new Error(`Cannot send by Java: ${stdout} ${stderr}`);
  }, 2 * startTimeoutMillis);
  afterAll(async () => {
    expect(await gateway.stop()).toBe(0);
  });

  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    http(gateway.url, path, { method, body, headers });
  const queuePath = (of: string, queueId: number) => `/topics/${of}/queues/${broker.brokerName}/${queueId}/messages`;
  const named = (name: string) => sent.find((each) => each.name === name) as Sent;

  async function putTopic(name: string, queues = 2, at = broker.brokerName): Promise<void> {
    const body = { readQueueNums: queues, writeQueueNums: queues };
    expect((await ask("PUT", `/topics/${name}?broker=${at}`, body)).status).toBe(200);
    await until("name servers know it", async () => (await ask("GET", `/topics/${name}/route`)).status === 200);
  }

  /** Sends a text to queue 0. */
  async function send(to: string, body: string, at = broker.brokerName): Promise<void> {
    const extFields = {
      ...{
        producerGroup: "rmsg-p",
        topic: to,
        defaultTopic: "TBW102",
        defaultTopicQueueNums: 4,
        queueId: 0,
        sysFlag: 0,
      },
      ...{ bornTimestamp: String(Date.now()), flag: 0, properties: "", reconsumeTimes: 0, unitMode: false },
    };
    const reply = await ask("POST", "/invoke", { target: `broker:${at}`, code: 10, extFields, body });
    expect(reply.body).toMatchObject({ code: 0 });
  }

  /** Every message of a topic, queue by queue, offset by offset. */
  async function readAll(of = topic, query = ""): Promise<Read[]> {
    const all: Read[] = [];
    for (const queueId of [0, 1]) {
      for (let offset = 0; ; ) {
        const { status, body } = await ask("GET", `${queuePath(of, queueId)}?offset=${offset}&limit=5${query}`);
        expect(status).toBe(200);
        all.push(...body.data);
        if (body.nextOffset === offset) break;
        offset = body.nextOffset;
      }
    }
    return all;
  }

  /** What Java sent is there, byte for byte, under both of its ids; the delayed one has another place. */
  function expectSame(read: readonly Read[], names: readonly string[]): void {
    const found: { name: string; bytes: Buffer | undefined; isPlace: boolean }[] = names.map((name) => {
      const { msgId, offsetMsgId } = named(name);
      const isDelayed = name === "delayed";
      const one = read.find((each) => (isDelayed && isOld ? each.body === "delayed" : each.msgId === msgId));
      return { name, bytes: one && bytesOf(one), isPlace: isDelayed || one?.offsetMsgId === offsetMsgId };
    });
    expect(found).toEqual(names.map((name) => ({ name, bytes: named(name).bytes, isPlace: true })));
    expect(read).toHaveLength(names.length);
  }

  test("are all there by their offsets, byte for byte, the delayed one too when its time has come", async () => {
    const all = await until("they can all be read", async () => {
      const read = await readAll();
      return read.length >= sent.length && read;
    });
    expectSame(
      all,
      sent.map(({ name }) => name),
    );
    const byName = (name: string) => all.find(({ msgId }) => msgId === named(name).msgId);
    expect(byName("keyed")).toMatchObject({ tags: "K", keys: ["key-1", "key-2"], brokerName: broker.brokerName });
    expect(byName("property2")?.properties).toMatchObject({ n: "2", colour: "grün 🟢" });
    expect((byName("compressed")?.sysFlag ?? 1) & 1).toBe(0);
    for (const queueId of [0, 1]) {
      const offsets = all.filter((each) => each.queueId === queueId).map(({ queueOffset }) => queueOffset);
      expect(offsets).toEqual(offsets.map((_, at) => at));
    }
  });

  test("by tag: those alone, not another tag's with the same hash code", async () => {
    expectSame(await readAll(topic, "&tags=Aa"), ["tagged"]);
    expectSame(await readAll(topic, "&tags=Aa%20%7C%7C%20K"), ["tagged", "keyed"]);
    if (!isOld) expectSame(await readAll(topic, "&tags=B"), ["batch0", "batch1", "batch2"]);
    const byTime = await ask("GET", `/topics/${topic}/messages?tags=BB`);
    expectSame(byTime.body.data, ["alike"]);
  });

  test("by SQL, where the generation knows it", async () => {
    const sql = (text: string) => `&sql=${encodeURIComponent(text)}`;
    const bad = await ask("GET", `${queuePath(topic, 0)}?sql=${encodeURIComponent("n ==")}`);
    if (isOld) return expect(bad).toMatchObject({ status: 501, body: { hint: expect.any(String) } });
    expect(bad).toMatchObject({ status: 400, body: { code: 23 } });
    expectSame(await readAll(topic, sql("n > 1")), ["property2", "property3"]);
    expectSame(await readAll(topic, sql("n IS NOT NULL AND n < 1")), ["property0"]);
    const byTime = await ask("GET", `/topics/${topic}/messages?${sql("TAGS = 'K'").slice(1)}`);
    expectSame(byTime.body.data, ["keyed"]);
  });

  test("by time, to the millisecond, over all queues, page by page", async () => {
    const all = (await readAll()).toSorted((a, b) => a.storeTimestamp - b.storeTimestamp);
    const ids = (read: readonly Read[]) => read.map(({ offsetMsgId }) => offsetMsgId).toSorted();
    for (const { storeTimestamp: time, queueId } of all) {
      const expected = all.filter(({ storeTimestamp }) => storeTimestamp >= time);
      const path = queuePath(topic, queueId);
      const here = await ask("GET", `${path}?at=${time}`);
      expect(ids(here.body.data)).toEqual(ids(expected.filter((each) => each.queueId === queueId)));
      const every = await ask("GET", `/topics/${topic}/messages?from=${time}&to=${all.at(-1)?.storeTimestamp}`);
      expect(ids(every.body.data)).toEqual(ids(expected));
    }
    const later = await ask("GET", `${queuePath(topic, 0)}?at=2100-01-01T00:00:00Z`);
    expect(later.body).toMatchObject({ data: [], nextOffset: later.body.maxOffset });
    const paged: Read[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { body } = await ask("GET", `/topics/${topic}/messages?limit=4${cursor && `&cursor=${cursor}`}`);
      paged.push(...body.data);
      cursor = body.next && encodeURIComponent(body.next);
    }
    expect(ids(paged)).toEqual(ids(all));
    expect(paged.map(({ storeTimestamp }) => storeTimestamp)).toEqual(all.map(({ storeTimestamp }) => storeTimestamp));
  });

  test("by key, by the id that Java gave them, and by their place", async () => {
    const keyed = await until("it is indexed", async () => {
      const reply = await ask("GET", `/topics/${topic}/messages?key=key-2`);
      return reply.status === 200 && reply;
    });
    expectSame(keyed.body.data, ["keyed"]);
    const time = keyed.body.data[0].storeTimestamp;
    expectSame((await ask("GET", `/topics/${topic}/messages?key=key-1&begin=${time}&end=${time}`)).body.data, [
      "keyed",
    ]);
    expect((await ask("GET", `/topics/${topic}/messages?key=key-1&to=${time - 1}`)).status).toBe(404);
    expect((await ask("GET", `/topics/${topic}/messages?key=key`)).status).toBe(404);
    for (const { name, msgId, offsetMsgId } of sent) {
      if (name === "delayed") continue;
      const { brokerName, ...read } = (await ask("GET", `/messages/${offsetMsgId}`)).body;
      expectSame([{ brokerName, ...read }], [name]);
      const unique = await ask("GET", `/topics/${topic}/messages?uniqueKey=${msgId}`);
      if (isOld) expect(unique.status).toBe(501);
      else expectSame(unique.body.data, [name]);
    }
    const [some] = sent;
    expect((await ask("GET", `/messages/${some?.offsetMsgId.slice(0, 16)}00000000FFFFFFFF`)).status).toBe(404);
    expect((await ask("GET", `/messages/7F00000100000001${some?.offsetMsgId.slice(16)}`)).status).toBe(404);
  });

  test("an offset that isn't there is 416, and nothing is committed for the tools' group", async () => {
    expect(await ask("GET", `${queuePath(topic, 0)}?offset=99999`)).toMatchObject({
      status: 416,
      body: { code: 21, minOffset: 0, nextOffset: expect.any(Number), maxOffset: expect.any(Number) },
    });
    expect((await ask("GET", `/topics/${topic}/groups`)).body.data).toEqual([]);
  });

  test("a long poll is answered as soon as a message comes, or is empty at its end", async () => {
    await putTopic("rmsg-poll", 1);
    const poll = async (offset: number, seconds: number) => {
      const path = `${queuePath("rmsg-poll", 0)}?offset=${offset}`;
      const startedAt = performance.now();
      const reply = await ask("GET", path, undefined, { prefer: `wait=${seconds}` });
      return { ...reply, elapsedMillis: performance.now() - startedAt, at: performance.now() };
    };
    const empty = await poll(0, 1);
    expect(empty).toMatchObject({ status: 200, body: { data: [], nextOffset: 0, minOffset: 0, maxOffset: 0 } });
    expect(empty.elapsedMillis).toBeGreaterThan(900);
    expect(empty.elapsedMillis).toBeLessThan(2_000);
    for (const offset of [0, 1, 2]) {
      const polling = poll(offset, 30);
      // A broker that has the pull sends nothing that could be waited for.
      await Bun.sleep(300);
      const sending = performance.now();
      await send("rmsg-poll", `m${offset}`);
      const reply = await polling;
      expect(reply.body).toMatchObject({ data: [{ body: `m${offset}` }], nextOffset: offset + 1 });
      expect(reply.at - sending).toBeLessThan(1_500);
    }
  });

  test("one that is given back to a group comes to its retry topic", async () => {
    const { offsetMsgId } = named("text");
    const back = await ask("POST", `/groups/rmsg-g/messages/${offsetMsgId}/retry`, { delayLevel: 1 });
    expect(back).toMatchObject({ status: 200, body: { group: "rmsg-g", topic, results: [{ ok: true, code: 0 }] } });
    const again = await until(
      "it is delivered again",
      async () => {
        const { status, body } = await ask("GET", "/topics/%25RETRY%25rmsg-g/messages");
        return status === 200 && body.data.length > 0 && body.data[0];
      },
      { withinMillis: 45_000 },
    );
    expect(again).toMatchObject({ body: "hello", reconsumeTimes: 1, properties: { RETRY_TOPIC: topic } });
    const none = await ask("POST", `/groups/rmsg-g/messages/${offsetMsgId.slice(0, 16)}00000000FFFFFFFF/retry`, {});
    expect(none.status).toBe(404);
  });

  test("a stream gives each one as it comes, to those who want it", async () => {
    await putTopic("rmsg-live", 2);
    const response = await fetch(`${gateway.url}/topics/rmsg-live/stream`);
    const events = listen(response);
    const latencies: number[] = [];
    for (let at = 0; at < 5; at++) {
      const sending = performance.now();
      await send("rmsg-live", `live ${at}`);
      expect(await events.next()).toMatchObject({ data: { body: `live ${at}`, queueOffset: at } });
      latencies.push(performance.now() - sending);
    }
    await events.close();
    expect(Math.max(...latencies)).toBeLessThan(2_000);
    const tagged = listen(await fetch(`${gateway.url}/topics/${topic}/stream?from=earliest&tags=Aa`));
    expect((await tagged.next())?.data).toMatchObject({ body: "tagged" });
    await tagged.close();
    const from = await fetch(`${gateway.url}/topics/${topic}/stream?from=earliest&sql=${encodeURIComponent("n > 2")}`);
    if (isOld) return expect(from.status).toBe(501);
    const selected = listen(from);
    expect((await selected.next())?.data).toMatchObject({ body: "n3" });
    await selected.close();
  });

  const kills = generation === "5.5.0" ? 20 : 5;
  test(`a stream loses none and doubles none while its gateway is killed ${kills} times`, async () => {
    await putTopic("rmsg-kills", 4);
    const count = kills * 150;
    let isSent = false;
    const sending = runJava(generation, java("SendMany"), [nameServer, "rmsg-kills", "rmsg-p", String(count), "4"], {
      timeoutMillis: 120_000,
    }).finally(() => {
      isSent = true;
    });
    const seen: number[] = [];
    let underLoad = 0;
    let id: string | undefined;
    let killed = 0;
    for (;;) {
      const isLast = killed === kills;
      const one = await startGatewayProcess({ settings: { NAMESRV_ADDR: nameServer } });
      const headers: Record<string, string> = id === undefined ? {} : { "last-event-id": id };
      const events: Listener = listen(await fetch(`${one.url}/topics/rmsg-kills/stream?from=earliest`, { headers }));
      const goal = isLast ? count : seen.length + 20 + 13 * (killed % 7);
      const readOne = async () => {
        const event = await events.next();
        if (event === undefined) return false;
        seen.push(Number(event.data.body));
        id = event.id;
        return true;
      };
      while (seen.length < goal && (await readOne()));
      // What has come by then may be read to its end, cut off anywhere.
      if (!isLast) killed++;
      if (!isLast && !isSent) underLoad++;
      const dying = isLast ? one.stop() : one.kill9();
      while (await readOne().catch(() => false));
      await dying;
      if (isLast) break;
    }
    const { stdout } = await sending;
    expect(stdout).toContain(`sent=${count}`);
    expect(underLoad).toBeGreaterThan(kills / 2);
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at));
  }, 150_000);

  test("a stream goes on with the other brokers while one is dead, and with all of it when that is back", async () => {
    const brokerName = "rmsg-own";
    await using own = await startBroker(generation, { nameServers: [nameServer], brokerName, clusterName: brokerName });
    await putTopic("rmsg-two", 1);
    await putTopic("rmsg-two", 1, brokerName);
    await until("both brokers have it", async () => {
      const { body } = await ask("GET", "/topics/rmsg-two/route");
      return body.queueDatas.length === 2;
    });
    const response = await fetch(`${gateway.url}/topics/rmsg-two/stream`);
    const events = listen(response);
    const next = async () => (await events.next())?.data.body;
    await send("rmsg-two", "own 1", brokerName);
    expect(await next()).toBe("own 1");
    await own.kill9();
    await send("rmsg-two", "shared 1");
    expect(await next()).toBe("shared 1");
    await own.restart();
    await until(
      "it takes messages again",
      () =>
        send("rmsg-two", "own 2", brokerName).then(
          () => true,
          () => false,
        ),
      {
        withinMillis: 45_000,
      },
    );
    const back = performance.now();
    expect(await next()).toBe("own 2");
    expect(performance.now() - back).toBeLessThan(8_000);
    await send("rmsg-two", "shared 2");
    expect(await next()).toBe("shared 2");
    await events.close();
  }, 120_000);
});
