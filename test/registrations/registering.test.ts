import { describe, expect, test } from "bun:test";
import { crc32 } from "../../src/bytes/crc32.ts";
import { utf8 } from "../../src/bytes/utf8.ts";
import { fakeClock, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import { closing, refusing, silent } from "../support/scripts.ts";
import { house, only, received, registeredAt, topics } from "./support.ts";

const TWO_TOPICS = topics({ TopicA: {}, TopicB: { perm: 4 } });

describe("registering", () => {
  test("takes a connection for each registration and name server", async () => {
    const own = await house([{}, {}]);
    const results = await Promise.all([own.register(), own.register({ brokerName: "b2" })]);
    for (const { isHeld, isNew, outcomes } of results) {
      expect({ isHeld, isNew }).toEqual({ isHeld: true, isNew: true });
      expect(outcomes.map(({ ok, target }) => ({ ok, target }))).toEqual(
        own.servers.map(({ name }) => ({ ok: true, target: name })),
      );
    }
    for (const server of own.servers) {
      expect(server.openCount).toBe(2);
      expect(
        server.arrivals.filter(({ request }) => request.code === 103).map(({ connection }) => connection.number),
      ).toEqual([1, 2]);
      expect(registeredAt(server)).toEqual(["b1 0", "b2 0"]);
    }
    expect(own.registrations.list().map(({ id }) => id)).toEqual(["c1~b1~0", "c1~b2~0"]);
    await own.registrations.close(100);
  });

  test("says what the server answered, as a broker would take it", async () => {
    const own = await house([
      {
        handlers: {
          103: () => ({
            extFields: { masterAddr: "m:1", haServerAddr: "m:2" },
            body: utf8(`{"table":{"T":"b1:4"}}`),
          }),
        },
      },
      {},
    ]);
    const { outcomes, states } = await own.register();
    expect(outcomes.map((outcome) => outcome.ok && outcome.value)).toEqual([
      { masterAddr: "m:1", haServerAddr: "m:2", kvTable: { table: { T: "b1:4" } }, needRegister: null },
      { masterAddr: null, haServerAddr: null, kvTable: null, needRegister: null },
    ]);
    expect(states.map(({ nameServer, connected }) => ({ nameServer, connected }))).toEqual(
      own.servers.map(({ name }) => ({ nameServer: name, connected: true })),
    );
    await own.registrations.close(100);
  });

  test("states everything in the header, and the checksum of the body as it was sent", async () => {
    const own = await house();
    await own.register({ heartbeatTimeoutMillis: 9_000, enableActingMaster: true, ...TWO_TOPICS });
    const [first] = received(only(own));
    expect(first?.header).toEqual({
      clusterName: "c1",
      brokerName: "b1",
      brokerAddr: "10.0.0.7:10911",
      haServerAddr: "10.0.0.7:10912",
      brokerId: 0,
      bodyCrc32: crc32(first?.request.body ?? new Uint8Array()),
      heartbeatTimeoutMillis: 9_000,
      enableActingMaster: true,
    });
    await own.registrations.close(100);
  });

  test("compresses the body where the server reads that, and only there", async () => {
    const versions = [78, 292, 293, 407, 513];
    const own = await house(versions.map((version) => ({ version })));
    await own.register({ compressed: true, ...TWO_TOPICS });
    for (const [at, server] of own.servers.entries()) {
      const [{ header, body, request } = {} as never] = received(server);
      const isCompressed = (versions[at] ?? 0) >= 293;
      expect({ compressed: header.compressed ?? false, firstByte: request.body?.[0] }).toEqual({
        compressed: isCompressed,
        firstByte: isCompressed ? 0x78 : "{".charCodeAt(0),
      });
      expect(header.bodyCrc32).toBe(crc32(request.body ?? new Uint8Array()));
      expect(Object.keys(body.topicConfigSerializeWrapper.topicConfigTable)).toEqual(["TopicA", "TopicB"]);
    }
    await own.registrations.close(100);
  });

  const permissions: [brokerPermission: number | undefined, perms: number[]][] = [
    [undefined, [7, 4]],
    [6, [7, 4]],
    [4, [4, 4]],
    [2, [2, 0]],
    [0, [0, 0]],
  ];
  test.each(permissions)("with a broker permission of %p sends topics with %p", async (brokerPermission, perms) => {
    const own = await house();
    const masked = topics({ A: { perm: 7 }, B: { perm: 4 } });
    await own.register({ ...masked, ...(brokerPermission !== undefined && { brokerPermission }) });
    const [first] = received(only(own));
    const sent = Object.values(first?.body.topicConfigSerializeWrapper.topicConfigTable ?? {});
    expect(sent.map(({ perm }) => perm)).toEqual(perms);
    // What is held is what was stated: a later permission applies to that.
    const held = own.registrations.list()[0]?.spec.topicConfigSerializeWrapper.topicConfigTable;
    expect([held?.A?.perm, held?.B?.perm]).toEqual([7, 4]);
    await own.registrations.close(100);
  });

  test("one-way waits for no answer", async () => {
    const own = await house([{ handlers: { 103: silent } }]);
    const { isHeld, outcomes } = await own.register({}, { oneway: true });
    expect({ isHeld, ok: outcomes[0]?.ok }).toEqual({ isHeld: true, ok: true });
    await only(own).saw("1 101", "1 103 oneway");
    await own.registrations.close(100);
  });
});

describe("without force", () => {
  const answers: Record<string, { version?: number; changed: () => object; journal: string[]; needs: boolean | null }> =
    {
      "a server with the same DataVersion isn't sent anything": {
        changed: () => ({ extFields: { changed: "false" } }),
        journal: ["1 open", "1 101", "1 322"],
        needs: false,
      },
      "one with another is": {
        changed: () => ({ extFields: { changed: "true" } }),
        journal: ["1 open", "1 101", "1 322", "1 103"],
        needs: true,
      },
      "one that says neither is": { changed: () => ({}), journal: ["1 open", "1 101", "1 322", "1 103"], needs: true },
      "one that refuses the question is": {
        changed: () => ({ code: 3, remark: "no" }),
        journal: ["1 open", "1 101", "1 322", "1 103"],
        needs: true,
      },
      "3.2.6, which would be silent, isn't even asked": {
        version: 78,
        changed: () => ({}),
        journal: ["1 open", "1 101", "1 103"],
        needs: true,
      },
    };
  for (const [name, { changed, journal, needs, ...script }] of Object.entries(answers)) {
    test(name, async () => {
      const own = await house([{ ...script, handlers: { 322: changed } }]);
      const { isHeld, outcomes } = await own.register({}, { force: false });
      expect(isHeld).toBe(true);
      expect(outcomes.map((outcome) => outcome.ok && outcome.value.needRegister)).toEqual([needs]);
      expect(only(own).journal).toEqual(journal);
      await own.registrations.close(100);
    });
  }

  test("a server that holds it over a connection of ours that is soon to close hears of it all the same", async () => {
    const own = await house([{ handlers: { 322: () => ({ extFields: { changed: "false" } }) } }]);
    await own.register({}, { hold: false });
    await own.register({}, { force: false });
    expect(registeredAt(only(own))).toEqual(["b1 0"]);
    await only(own).saw("2 103", "1 close");
    expect(only(own).openCount).toBe(1);
    await own.registrations.close(100);
  });
});

describe("a broker of one topic", () => {
  const ONE = topics({ TopicA: {} });

  /** Refuses a table of one topic until it knows the broker, as 5.x does. */
  function fussy() {
    let isKnown = false;
    return {
      103: (request: Parameters<typeof silent>[0]) => {
        const text = new TextDecoder().decode(request.body ?? new Uint8Array());
        if (!isKnown && text.includes("TopicA")) return { code: 1, remark: "register broker failed" };
        isKnown = true;
        return {};
      },
    };
  }

  test("is made known with an empty table where 5.x refuses it", async () => {
    const own = await house([{ handlers: fussy() }]);
    const { isHeld, outcomes } = await own.register(ONE);
    expect({ isHeld, ok: outcomes[0]?.ok }).toEqual({ isHeld: true, ok: true });
    const tables = received(only(own)).map(({ body }) => body.topicConfigSerializeWrapper);
    expect(tables.map(({ topicConfigTable }) => Object.keys(topicConfigTable))).toEqual([["TopicA"], [], ["TopicA"]]);
    expect(tables[1]?.dataVersion).toEqual({ stateVersion: 0, timestamp: 0, counter: 0 });
    expect(tables[2]?.dataVersion).toEqual(tables[0]?.dataVersion as never);
    expect(only(own).connections).toHaveLength(1);
    await own.registrations.close(100);
  });

  test("is made known before a one-way registration, whose refusal nobody would hear: of 5.x alone", async () => {
    const own = await house([{}, { version: 407 }]);
    await own.register(ONE, { oneway: true });
    const [recent, older] = own.servers;
    await recent?.saw("1 103", "1 103 oneway");
    await older?.saw("1 103 oneway");
    expect(older?.journal).toEqual(["1 open", "1 101", "1 103 oneway"]);
    await own.registrations.close(100);
  });

  const untouched: Record<string, { table: object; remark: string }> = {
    "a refusal for another reason": { table: ONE, remark: "crc32 not match" },
    "the same refusal of two topics": { table: TWO_TOPICS, remark: "register broker failed" },
    "the same refusal of none": { table: {}, remark: "register broker failed" },
  };
  for (const [name, { table, remark }] of Object.entries(untouched)) {
    test(`${name} is a refusal`, async () => {
      const own = await house([{ handlers: { 103: refusing(1, remark) } }]);
      const { isHeld, outcomes } = await own.register(table);
      expect(isHeld).toBe(false);
      expect(outcomes[0]).toMatchObject({
        ok: false,
        fault: { fault: "refused", options: { response: { code: 1, remark } } },
      });
      expect(received(only(own))).toHaveLength(1);
    });
  }
});

describe("where every server fails", () => {
  const scripts = { "they refuse": refusing(1), "they hang up": closing, "they are silent": silent };
  for (const [name, script] of Object.entries(scripts)) {
    test(`because ${name}, nothing is held and nothing stays open`, async () => {
      using clock = fakeClock();
      const own = await house([{ handlers: { 103: script } }, { handlers: { 103: script } }]);
      const outcome = own.register();
      await clock.advance(2_000);
      const { isHeld, outcomes } = await outcome;
      expect({ isHeld, oks: outcomes.map(({ ok }) => ok) }).toEqual({ isHeld: false, oks: [false, false] });
      expect(own.registrations.list()).toEqual([]);
      await settle();
      expect(own.servers.map(({ openCount }) => openCount)).toEqual([0, 0]);
      expect(clock.timers).toBe(0);
    });
  }

  test("because none is there, too", async () => {
    using clock = fakeClock();
    const own = await house([{}]);
    await only(own).stop();
    const { isHeld, outcomes } = await own.register();
    expect(isHeld).toBe(false);
    expect(outcomes[0]).toMatchObject({ ok: false, fault: { fault: "connect-failed" } });
    expect(clock.timers).toBe(0);
  });
});

describe("a registration that isn't to be held", () => {
  test("is registered once, says when it ends, and ends", async () => {
    using clock = fakeClock();
    const own = await house([{}, { version: 407 }], { limits: { brokerExpiryMillis: 10_000 } });
    const startedAt = Date.now();
    const { isHeld, states } = await own.register({ heartbeatTimeoutMillis: 3_000 }, { hold: false });
    expect(isHeld).toBe(false);
    // Only 5.x heeds the life that was asked for.
    expect(states.map(({ expiresAt }) => expiresAt)).toEqual([startedAt + 3_000, startedAt + 10_000]);
    expect(own.registrations.list()).toEqual([]);
    await clock.advance(9_900);
    expect(own.servers.map(({ openCount }) => openCount)).toEqual([1, 1]);
    await clock.advance(200);
    expect(own.servers.map(({ openCount }) => openCount)).toEqual([0, 0]);
    expect(own.servers.flatMap(received)).toHaveLength(2);
    expect(clock.timers).toBe(0);
  });

  test("never outlives its silent connection, whatever life it asked for", async () => {
    using clock = fakeClock();
    const own = await house();
    const { states } = await own.register({ heartbeatTimeoutMillis: 600_000 }, { hold: false });
    expect(states[0]?.expiresAt).toBe(Date.now() + 120_000);
    await clock.advance(120_100);
    expect(only(own).openCount).toBe(0);
    expect(clock.timers).toBe(0);
  });

  test("is in conflict with one that is held", async () => {
    const own = await house();
    await own.register();
    const fault = await faultOf(own.register({}, { hold: false }));
    expect(fault).toMatchObject({ fault: "conflict" });
    expect(received(only(own))).toHaveLength(1);
    await own.registrations.close(100);
  });

  test("may be held afterwards: the new connection takes over before the old one goes", async () => {
    using clock = fakeClock();
    const own = await house();
    await own.register({}, { hold: false });
    const { isHeld, isNew } = await own.register();
    expect({ isHeld, isNew }).toEqual({ isHeld: true, isNew: true });
    await only(own).saw("2 101", "2 103", "1 close");
    expect(only(own).openCount).toBe(1);
    await own.registrations.close(100);
    await settle();
    expect(clock.timers).toBe(0);
  });
});

describe("no more registrations than allowed", () => {
  test("are held, those under way and those not to be held included", async () => {
    const own = await house([{}], { limits: { maxRegistrations: 2 } });
    const first = own.register();
    const second = own.register({ brokerName: "b2" }, { hold: false });
    expect(await faultOf(own.register({ brokerName: "b3" }))).toMatchObject({ fault: "unavailable" });
    await Promise.all([first, second]);
    expect(await faultOf(own.register({ brokerName: "b3" }))).toMatchObject({ fault: "unavailable" });
    // The same one again takes no further place.
    expect((await own.register()).isNew).toBe(false);
    await own.registrations.release("c1~b1~0", 100);
    expect((await own.register({ brokerName: "b3" })).isHeld).toBe(true);
    await own.registrations.close(100);
  });

  test("and one that failed gives its place back", async () => {
    const own = await house([{ handlers: { 103: refusing(1) } }], { limits: { maxRegistrations: 1 } });
    await own.register();
    only(own).handlers[103] = () => ({});
    expect((await own.register({ brokerName: "b2" })).isHeld).toBe(true);
    await own.registrations.close(100);
  });
});
