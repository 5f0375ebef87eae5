import { describe, expect, test } from "bun:test";
import { type Rig, type RigOptions, startRig } from "../gateway/support/rig.ts";
import { createFakeQueues, type FakeOptions, type FakeQueues } from "../messages/fake-queues.ts";
import { type Listener, listen } from "../support/events.ts";
import { closing, garbage, refusing } from "../support/scripts.ts";
import { until } from "../support/until.ts";
import { brokerScript } from "./broker-script.ts";
import { register } from "./support.ts";

const fast = { streamRouteMillis: 20, streamRouteAwayMillis: 20, minBackoffMillis: 10, maxBackoffMillis: 40 };

/** A gateway before brokers b1, b2 and so on, each with two queues of topic t. */
async function started(fakes: readonly FakeQueues[], options: RigOptions = {}): Promise<Rig> {
  const brokers = fakes.map(({ handlers }) => ({ handlers: { ...brokerScript, ...handlers } }));
  const rig = await startRig({ brokers, ...options, limits: { ...fast, ...options.limits } });
  for (const [index, { name }] of rig.brokers.entries()) await have(rig, `b${index + 1}`, name);
  return rig;
}

/** A name server hears that a broker has the topic. */
async function have(
  { ask }: Rig,
  brokerName: string,
  brokerAddr: string | undefined,
  readQueueNums = 2,
): Promise<void> {
  const topicConfigTable = { t: { readQueueNums, writeQueueNums: readQueueNums } };
  await register(ask, { brokerName, brokerAddr, topicConfigSerializeWrapper: { topicConfigTable } });
}

const twoQueues = (options: FakeOptions = {}) => createFakeQueues({ queueCount: 2, ...options });

/** Reads a stream from its beginning, or behind an event. */
async function streamOf({ stream }: Rig, query = "?from=earliest", lastEventId?: string): Promise<Listener> {
  return listen(await stream(`GET /topics/t/stream${query}`, lastEventId ? { "last-event-id": lastEventId } : {}));
}

/** The next messages: their bodies. */
async function take(events: Listener, count: number): Promise<string[]> {
  const bodies: string[] = [];
  while (bodies.length < count) bodies.push((await events.next())?.data.body);
  return bodies;
}

describe("GET /topics/{topic}/stream", () => {
  test("gives what is there, and then each message as it comes", async () => {
    const fakes = [twoQueues(), twoQueues()] as const;
    fakes[0].append(1, { body: "old" });
    await using rig = await started(fakes);
    const events = await streamOf(rig);
    expect(await events.next()).toMatchObject({
      id: "0;b1:0,1;b2:0,0",
      data: { brokerName: "b1", topic: "t", queueId: 1, queueOffset: 0, body: "old" },
    });
    await until("every queue waits", () => fakes[0].held + fakes[1].held === 4);
    fakes[1].append(0, { body: "new" });
    expect(await events.next()).toMatchObject({ id: "0;b1:0,1;b2:1,0", data: { brokerName: "b2", body: "new" } });
    await events.close();
  });

  test("begins with what is sent from then on, unless it is told otherwise", async () => {
    const fake = twoQueues();
    for (const at of [0, 1, 2]) fake.append(0, { body: `m${at}` });
    await using rig = await started([fake]);
    const response = await rig.stream("GET /topics/t/stream");
    fake.append(0, { body: "new" });
    const events = listen(response);
    expect(await take(events, 1)).toEqual(["new"]);
    await events.close();
    const since = await streamOf(rig, "?from=1700000000001");
    expect(await take(since, 3)).toEqual(["m1", "m2", "new"]);
    await since.close();
  });

  test("says at first how far it is, so that nothing is lost before the first message", async () => {
    const fake = twoQueues();
    fake.append(0);
    await using rig = await started([fake]);
    const reader = (await rig.stream("GET /topics/t/stream")).body?.getReader();
    const texts = [await reader?.read(), await reader?.read()].map((chunk) => new TextDecoder().decode(chunk?.value));
    expect(texts).toEqual([": \n\n", expect.stringMatching(/^id: [0-9]{13};b1:1,0\n\n$/)]);
    await reader?.cancel();
    fake.append(1, { body: "meanwhile" });
    const again = await streamOf(rig, "", texts[1]?.slice(4).trim());
    expect(await take(again, 1)).toEqual(["meanwhile"]);
    await again.close();
  });

  test("goes on behind any event, each message once, on another gateway", async () => {
    const fakes = [twoQueues({ maxMessages: 3 }), twoQueues({ maxMessages: 3 })];
    const sent: string[] = [];
    await using rig = await started(fakes);
    for (let at = 0; at < 200; at++) {
      const body = `m${at}`;
      fakes[at % 2]?.append(at % 4 < 2 ? 0 : 1, { body });
      sent.push(body);
    }
    const seen: string[] = [];
    let id: string | undefined;
    for (let round = 1; seen.length < sent.length; round++) {
      const events = await streamOf(rig, "?from=earliest", id);
      for (let left = Math.min(round, sent.length - seen.length); left > 0; left--) {
        const event = await events.next();
        seen.push(event?.data.body);
        id = event?.id;
      }
      await events.close();
    }
    expect(seen.toSorted()).toEqual(sent.toSorted());
  });

  test("gives only what is wanted, and says now and then how far that is", async () => {
    const fake = twoQueues({ maxMessages: 4, hash: (tag) => tag.slice(0, 1) });
    for (let at = 0; at < 20; at++) fake.append(0, { tags: at % 10 === 9 ? "aa" : "ab", body: `m${at}` });
    await using rig = await started([fake], { limits: { streamPlaceMillis: 0 } });
    const events = await streamOf(rig, "?from=earliest&tags=aa");
    const seen = [await events.next(), await events.next()];
    expect(seen).toMatchObject([
      // The page ends there: two more aren't wanted.
      { id: "0;b1:12,0", data: { body: "m9" } },
      { id: "0;b1:20,0", data: { body: "m19" } },
    ]);
    await events.close();
  });

  test("is fair: a queue with much to tell keeps no other one waiting", async () => {
    const fake = twoQueues({ maxMessages: 8 });
    for (let at = 0; at < 400; at++) fake.append(0, { body: "much" });
    for (let at = 0; at < 8; at++) fake.append(1, { body: "little" });
    await using rig = await started([fake]);
    const events = await streamOf(rig);
    expect((await take(events, 32)).filter((body) => body === "little")).toHaveLength(8);
    await events.close();
  });

  test("pulls no more than its reader reads", async () => {
    const fake = twoQueues({ maxMessages: 4 });
    for (let at = 0; at < 400; at++) fake.append(at % 2);
    await using rig = await started([fake]);
    const events = await streamOf(rig);
    await take(events, 1);
    const pulls = () => rig.brokers[0]?.requests(11).length ?? 0;
    // The page that is being read, and one more of each queue.
    await until("the pages are there", () => pulls() === 3);
    await rig.ask("GET /topics/t/queues");
    expect(pulls()).toBe(3);
    await take(events, 399);
    expect(pulls()).toBeGreaterThan(90);
    await events.close();
  });

  test("asks for no more at once than may wait", async () => {
    const fake = createFakeQueues({ queueCount: 8 });
    for (let queueId = 0; queueId < 8; queueId++) fake.append(queueId);
    await using rig = await started([fake], { limits: { maxStreamedMessages: 16 } });
    await have(rig, "b1", rig.brokers[0]?.name, 8);
    const events = await streamOf(rig);
    await take(events, 8);
    const asked = new Set(rig.brokers[0]?.requests(11).map(({ extFields }) => extFields?.maxMsgNums));
    expect([...asked]).toContain("2");
    await events.close();
  });

  test("sends so many messages a second at most", async () => {
    const fake = twoQueues();
    for (let at = 0; at < 30; at++) fake.append(0);
    await using rig = await started([fake]);
    const events = await streamOf(rig, "?from=earliest&limitPerSecond=100");
    const startedAt = performance.now();
    await take(events, 30);
    expect(performance.now() - startedAt).toBeGreaterThan(250);
    await events.close();
  });

  test("has one pull a queue, over a connection of its own that ends with it", async () => {
    const fake = twoQueues();
    await using rig = await started([fake]);
    const [server] = rig.brokers;
    const before = server?.connections.length ?? 0;
    const events = await streamOf(rig);
    events.next();
    await until("both are held", () => fake.held === 2);
    expect(server?.requests(11)).toHaveLength(2);
    expect(server?.requests(11)[0]?.extFields).toMatchObject({ sysFlag: "6", suspendTimeoutMillis: "15000" });
    const own = server?.connections.slice(before).filter(({ isOpen }) => isOpen);
    await events.close();
    await until("it is closed", () => own?.some(({ isOpen }) => !isOpen));
  });

  test.each([
    ["?from=never", 400, "?from"],
    ["?from=2026-02-30T00:00:00Z", 400, "?from"],
    ["?tags=a&sql=b", 400, "?tags"],
    ["?lastEventId=x", 400, "header:last-event-id"],
    ["?limitPerSecond=0", 400, "?limitPerSecond"],
  ])("is refused for %s", async (query, status, pointer) => {
    await using rig = await started([twoQueues()]);
    expect(await rig.ask(`GET /topics/t/stream${query}`)).toMatchObject({ status, body: { errors: [{ pointer }] } });
  });

  test("is 404 for a topic that isn't there, and what its brokers refuse with where all do", async () => {
    const fake = twoQueues();
    fake.handlers[30] = refusing(16, "no");
    await using rig = await started([fake]);
    expect((await rig.ask("GET /topics/none/stream")).status).toBe(404);
    expect((await rig.ask("GET /topics/t/stream")).status).toBe(403);
  });
});

describe("the brokers of a stream", () => {
  /** Reads comments until one says this. */
  async function comment(reader: ReadableStreamDefaultReader<Uint8Array>, pattern: RegExp): Promise<string> {
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw new Error(`Cannot see ${pattern}: ${text}`);
      text += new TextDecoder().decode(value);
      if (pattern.test(text)) return text;
    }
  }

  const reading = async ({ stream }: Rig, query = "?from=earliest") => {
    const reader = (await stream(`GET /topics/t/stream${query}`)).body?.getReader();
    if (!reader) throw new Error("Cannot read");
    return reader;
  };

  test("one that can't be reached keeps no other one waiting, and is read when it is back", async () => {
    const fakes = [twoQueues(), twoQueues()] as const;
    await using rig = await started(fakes);
    const [, second] = rig.brokers;
    const reader = await reading(rig);
    await comment(reader, /id: 0;b1:0,0;b2:0,0/);
    const pull = second?.handlers[11];
    if (!second || !pull) throw new Error("Cannot start");
    second.handlers[11] = closing;
    for (const { isOpen, socket } of second.connections) if (isOpen) socket.close();
    expect(await comment(reader, /^: broker b2 is away/m)).toContain(": broker b2 is away: ");
    fakes[0].append(0, { body: "meanwhile" });
    await comment(reader, /"meanwhile"/);
    second.handlers[11] = pull;
    fakes[1].append(1, { body: "afterwards" });
    expect(await comment(reader, /"afterwards"/)).toContain(": broker b2 is back");
    await reader.cancel();
  });

  test("one that was away at first is read from the time at which the stream began", async () => {
    const fakes = [twoQueues(), twoQueues()] as const;
    fakes[1].append(0, { body: "older", storeTimestamp: 1_000 });
    await using rig = await started(fakes);
    const [, second] = rig.brokers;
    const max = second?.handlers[30];
    if (!second || !max) throw new Error("Cannot start");
    second.handlers[30] = closing;
    second.handlers[11] = closing;
    const reader = await reading(rig, "");
    await comment(reader, /id: [0-9]{13};b1:0,0\n/);
    fakes[1].append(0, { body: "newer", storeTimestamp: Date.now() + 1 });
    second.handlers[11] = fakes[1].handlers[11] ?? closing;
    const text = await comment(reader, /"newer"/);
    expect(text).not.toContain("older");
    expect(text).toMatch(/id: [0-9]{13};b1:0,0;b2:2(,0)?\n/);
    await reader.cancel();
  });

  test("that come, queues that come, and brokers that go and come back are followed", async () => {
    const fakes = [twoQueues(), twoQueues()] as const;
    fakes[0].append(1, { body: "second queue" });
    fakes[1].append(0, { body: "second broker" });
    await using rig = await startRig({
      brokers: fakes.map(({ handlers }) => ({ handlers: { ...brokerScript, ...handlers } })),
      limits: { ...fast, discoveryTtlMillis: 0 },
    });
    await have(rig, "b1", rig.brokers[0]?.name, 1);
    const reader = await reading(rig);
    await comment(reader, /id: 0;b1:0\n/);
    const table = { topicConfigTable: { t: { readQueueNums: 2, writeQueueNums: 2 } } };
    await rig.ask("PUT /brokers/registrations/c1~b1~0", { body: { topicConfigSerializeWrapper: table } });
    await comment(reader, /"second queue"/);
    await have(rig, "b2", rig.brokers[1]?.name);
    await comment(reader, /"second broker"/);
    await rig.ask("DELETE /brokers/registrations/c1~b2~0");
    await comment(reader, /^: broker b2 has the topic no more/m);
    fakes[1].append(0, { body: "again" });
    await have(rig, "b2", rig.brokers[1]?.name);
    expect(await comment(reader, /"again"/)).not.toContain("second broker");
    await reader.cancel();
  });

  test("one that restarts is looked for until name servers know it again", async () => {
    const fakes = [twoQueues(), twoQueues()] as const;
    await using rig = await started(fakes, { limits: { discoveryTtlMillis: 0, streamRouteMillis: 60_000 } });
    const [, second] = rig.brokers;
    const pull = second?.handlers[11];
    if (!second || !pull) throw new Error("Cannot start");
    const reader = await reading(rig);
    await comment(reader, /id: 0;b1:0,0;b2:0,0/);
    second.handlers[11] = closing;
    for (const { isOpen, socket } of second.connections) if (isOpen) socket.close();
    await comment(reader, /^: broker b2 is away/m);
    await rig.ask("DELETE /brokers/registrations/c1~b2~0");
    await comment(reader, /^: broker b2 has the topic no more/m);
    second.handlers[11] = pull;
    fakes[1].append(0, { body: "again" });
    await have(rig, "b2", second.name);
    await comment(reader, /"again"/);
    await reader.cancel();
  });

  test("one that refuses, or sends what is no message, is asked again, and nothing is passed over", async () => {
    const fake = twoQueues();
    fake.append(0, { body: "kept" });
    await using rig = await started([fake]);
    const [server] = rig.brokers;
    const pull = server?.handlers[11];
    if (!server || !pull) throw new Error("Cannot start");
    const offsets = { nextBeginOffset: "1", minOffset: "0", maxOffset: "1" };
    for (const bad of [refusing(2, "busy"), () => ({ body: new Uint8Array(7), extFields: offsets }), garbage]) {
      server.handlers[11] = bad;
      const reader = await reading(rig);
      await comment(reader, /can't be read|is away/);
      server.handlers[11] = pull;
      await comment(reader, /"kept"/);
      await reader.cancel();
    }
  });

  test("offsets that are gone are passed over, and that is said", async () => {
    const fake = twoQueues();
    for (let at = 0; at < 5; at++) fake.append(0, { body: `m${at}` });
    fake.trim(0, 3);
    await using rig = await started([fake]);
    const reader = await reading(rig, "?lastEventId=0;b1:1,0");
    const text = await comment(reader, /"m4"/);
    expect(text).toContain(": queue 0 of broker b1 has no offset 1: going on at 3");
    expect(text).toContain("id: 0;b1:4,0\n");
    await reader.cancel();
  });

  test("a defect ends the stream, and is logged", async () => {
    const fake = twoQueues();
    await using rig = await started([fake], {
      hooks: [
        {
          before: ({ code }: { code: number }) => {
            if (code === 11) throw new TypeError("oops");
          },
        },
      ] as never,
    });
    const reader = await reading(rig);
    const ended = (async () => {
      for (;;) if ((await reader.read()).done) return "done";
    })();
    expect(await ended.catch(() => "broken")).toBe("broken");
    expect(rig.logged.join()).toContain("oops");
  });
});
