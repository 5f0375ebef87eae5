import { describe, expect, test } from "bun:test";
import { consumerRunningInfo } from "../../src/body/consumer-running-info.ts";
import { directConsumption } from "../../src/body/direct-consumption.ts";
import { resetOffsets } from "../../src/body/queue-offsets.ts";
import { storedMessage } from "../../src/body/stored-message.ts";
import { utf8 } from "../../src/bytes/utf8.ts";
import { getConsumerRunningInfo } from "../../src/commands/get-consumer-running-info.ts";
import { fakeClock, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import { message } from "../support/message.ts";
import { asks, CONSUMER, linkOf, nextOf, only, type SessionHouse, sessionHouse } from "./support.ts";

const ONE_WAY = 2;
const REPLY = { code: 0, remark: null, extFields: {}, body: utf8("{}") };
const LONG = { ...CONSUMER, leaseMillis: 3_600_000 };

/** The fault of a reply. */
function refusal({ sessions }: SessionHouse, id: string, eventId: string) {
  return faultOf((async () => sessions.reply(id, eventId, REPLY))());
}

/** A session that somebody listens to. */
async function heard() {
  const own = await sessionHouse();
  const { id } = await own.open(LONG);
  return { own, id, reader: own.sessions.read(id), broker: only(own), link: linkOf(only(own)) };
}

describe("what a broker only tells", () => {
  test.each([
    [39, "transaction-check", "CHECK_TRANSACTION_STATE", ONE_WAY],
    [40, "group-changed", "NOTIFY_CONSUMER_IDS_CHANGED", ONE_WAY],
    [40, "group-changed", "NOTIFY_CONSUMER_IDS_CHANGED", 0],
    [220, "offsets-reset", "RESET_CONSUMER_CLIENT_OFFSET", ONE_WAY],
    [200_073, "request", "NOTIFY_UNSUBSCRIBE_LITE", ONE_WAY],
    [99_999, "request", null, ONE_WAY],
  ])("%p is the event %s, and is not answered", async (requestCode, name, codeName, flag) => {
    const { own, id, reader, link } = await heard();
    link.command(asks(requestCode, { flag, extFields: { consumerGroup: "g" } }));
    expect(await nextOf(reader)).toEqual({
      id: 1,
      name,
      data: {
        eventId: "1",
        requestCode,
        codeName,
        extFields: { consumerGroup: "g" },
        deadline: null,
        oneway: true,
        brokerName: "b1",
        brokerId: 0,
        brokerAddr: only(own).name,
      },
    });
    const fault = await refusal(own, id, "1");
    expect({ fault: fault.fault, hint: fault.options.hint }).toEqual({
      fault: "conflict",
      hint: expect.stringContaining("END_TRANSACTION"),
    });
    await own.sessions.close(100);
    expect(link.responses).toEqual([]);
  });

  test("is shown with its body: what it says, as text, or in base64", async () => {
    const { own, reader, link } = await heard();
    const half = message({ body: "half" });
    const offsetTable = [{ brokerName: "b1", queueId: 3, topic: "t", offset: 2n ** 60n }];
    const encoded = resetOffsets.encode({ offsetTable }, { version: 513, header: {} });
    link.command(asks(220, { flag: ONE_WAY, body: encoded }));
    link.command(asks(39, { flag: ONE_WAY, body: utf8("record") }));
    link.command(asks(39, { flag: ONE_WAY, body: storedMessage.encode(half, { version: 513, header: {} }) }));
    link.command(asks(99_999, { flag: ONE_WAY, body: utf8("Köln") }));
    link.command(asks(99_999, { flag: ONE_WAY, body: new Uint8Array([255]) }));
    link.command(asks(220, { flag: ONE_WAY, body: utf8("{") }));
    expect((await reader.next())?.json).toContain(
      `"body":{"offsetTable":[{"brokerName":"b1","queueId":3,"topic":"t","offset":1152921504606846976}]}`,
    );
    const rest = [];
    while (rest.length < 5) rest.push(await nextOf(reader));
    expect(rest.map((event) => event?.data.body ?? event?.data.bodyBase64)).toEqual([
      btoa("record"),
      { ...half, storeSize: expect.any(Number), bodyCRC: expect.any(Number) },
      "Köln",
      "/w==",
      btoa("{"),
    ]);
    await own.sessions.close(100);
  });

  test("reaches a session before the answer to its first heartbeat", async () => {
    const own = await sessionHouse([
      {
        handlers: {
          34(_request, connection) {
            connection.command(asks(40, { flag: ONE_WAY, extFields: { consumerGroup: "g" } }));
            return {};
          },
        },
      },
    ]);
    const { id } = await own.open();
    expect(await nextOf(own.sessions.read(id))).toMatchObject({ id: 1, name: "group-changed" });
    await own.sessions.close(100);
  });
});

describe("what a broker asks", () => {
  test.each([
    [307, "running-info-request", 8_000],
    [309, "consume-request", 8_000],
    [221, "status-request", 3_000],
    [326, "request", 8_000],
  ])("%p is the event %s, and what is replied goes back with its opaque", async (code, name, patience) => {
    using clock = fakeClock();
    const { own, id, reader, broker, link } = await heard();
    link.command(asks(code, { opaque: -7 }));
    await settle();
    const event = await nextOf(reader);
    expect(event).toMatchObject({ id: 1, name, data: { oneway: false, deadline: Date.now() + patience } });
    expect(own.sessions.question(id, "1").meaning).toMatchObject({ code });
    await clock.advance(patience - 100);
    const reply = { code: 1, remark: "no such group", extFields: { a: "b" }, body: utf8('{"x":1}') };
    own.sessions.reply(id, "1", reply);
    await broker.saw("1 response");
    expect(link.responses).toMatchObject([{ ...reply, opaque: -7, flag: 1, language: "HTTP", version: 513 }]);
    expect(await refusal(own, id, "1")).toMatchObject({ fault: "conflict" });
    await own.sessions.close(100);
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("is answered by default when nobody replies in time, and then it is too late", async () => {
    using clock = fakeClock();
    const { own, id, reader, broker, link } = await heard();
    for (const code of [309, 221, 326, 99_999]) link.command(asks(code));
    await settle();
    expect(link.responses).toEqual([]);
    await clock.advance(8_100);
    await broker.saw("1 response", "1 response", "1 response", "1 response");
    const answers = new Map(link.responses.map(({ opaque, code, remark }) => [opaque - 900, { code, remark }]));
    const unanswered = { code: 1, remark: "nobody who listens to this session has answered in time" };
    expect(answers).toEqual(
      new Map([
        [221, unanswered],
        [309, unanswered],
        [326, unanswered],
        [99_999, { code: 3, remark: " request type 99999 not supported" }],
      ]),
    );
    expect(await refusal(own, id, "2")).toMatchObject({ fault: "gone", options: { hint: expect.any(String) } });
    reader.close();
    await own.sessions.close(100);
  });

  test("of its running info is answered with what the gateway knows", async () => {
    const own = await sessionHouse();
    const { spec } = await own.open({ clientId: "c", consumerGroups: [{ group: "g", topic: "t", expression: "a" }] });
    const link = linkOf(only(own));
    // Nobody listens, so nobody is waited for.
    const extFields = { consumerGroup: "g", clientId: "c", jstackEnable: "false" };
    link.command(asks(getConsumerRunningInfo.code, { extFields }));
    await only(own).saw("1 response");
    const [{ code, body } = { code: -1, body: null }] = link.responses;
    const info = consumerRunningInfo.decode(body ?? new Uint8Array(), { version: 513, header: {} });
    expect({ code, info }).toMatchObject({
      code: 0,
      info: {
        properties: {
          PROP_CONSUME_TYPE: "CONSUME_PASSIVELY",
          PROP_CONSUMER_START_TIMESTAMP: String(spec.createdAt),
        },
        subscriptionSet: [
          { topic: "t", subString: "a", tagsSet: ["a"] },
          { topic: "%RETRY%g", subString: "*" },
        ],
        mqTable: [],
        statusTable: {},
      },
    });
    link.command(asks(getConsumerRunningInfo.code, { extFields: { consumerGroup: "other" } }));
    await only(own).saw("1 response", "1 response");
    expect(link.responses[1]).toMatchObject({ code: 1 });
    await own.sessions.close(100);
  });

  test("while nobody listens is answered at once, and stays to be read", async () => {
    const own = await sessionHouse();
    const { id } = await own.open();
    linkOf(only(own)).command(asks(309));
    await only(own).saw("1 response");
    expect(await nextOf(own.sessions.read(id))).toMatchObject({ name: "consume-request", data: { deadline: null } });
    expect(await refusal(own, id, "1")).toMatchObject({ fault: "gone" });
    await own.sessions.close(100);
  });

  test("beyond what may wait is answered at once", async () => {
    const own = await sessionHouse([{}], { limits: { maxEventsKept: 2 } });
    const { id } = await own.open();
    own.sessions.read(id);
    const link = linkOf(only(own));
    for (const opaque of [1, 2, 3]) link.command(asks(309, { opaque }));
    await only(own).saw("1 response");
    expect(link.responses).toMatchObject([{ opaque: 3, code: 1 }]);
    for (const eventId of ["1", "2"]) own.sessions.reply(id, eventId, REPLY);
    await only(own).saw("1 response", "1 response", "1 response");
    await own.sessions.close(100);
  });

  test("is answered by default when its session ends", async () => {
    const { own, id, broker, link } = await heard();
    link.command(asks(309));
    await settle();
    await own.sessions.release(id, { oneway: false, timeoutMillis: 100 });
    await broker.saw("1 response", "1 close");
    expect(link.responses).toMatchObject([{ code: 1 }]);
    expect(await refusal(own, id, "1")).toMatchObject({ fault: "gone" });
  });

  test("can't be answered once its connection is lost", async () => {
    const { own, id, link } = await heard();
    link.command(asks(309));
    await settle();
    link.socket.close();
    await settle();
    expect(await refusal(own, id, "1")).toMatchObject({ fault: "gone", message: expect.stringContaining("closed") });
    await own.sessions.close(100);
  });

  test.each(["2", "0", "-1", "01", "1.0", "x", "", "9".repeat(30)])("%p is no event of it", async (eventId) => {
    const { own, id, link } = await heard();
    link.command(asks(309));
    await settle();
    expect(await refusal(own, id, eventId)).toMatchObject({ fault: "not-found" });
    await own.sessions.close(100);
  });

  test("waits on where a reply is too large for a frame", async () => {
    const own = await sessionHouse([{}], { limits: { maxFrameBytes: 10_000 } });
    const { id } = await own.open();
    own.sessions.read(id);
    const link = linkOf(only(own));
    link.command(asks(309));
    await settle();
    const large = { ...REPLY, body: new Uint8Array(10_000) };
    expect(await faultOf((async () => own.sessions.reply(id, "1", large))())).toMatchObject({ fault: "too-large" });
    const result = { order: false, autoCommit: true, consumeResult: "CR_SUCCESS", spentTimeMills: 3 } as const;
    own.sessions.reply(id, "1", { ...REPLY, body: directConsumption.encode(result, { version: 513, header: {} }) });
    await only(own).saw("1 response");
    expect(directConsumption.decode(link.responses[0]?.body ?? new Uint8Array(), { version: 513, header: {} })).toEqual(
      result,
    );
    await own.sessions.close(100);
  });
});
