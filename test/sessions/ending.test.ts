import { describe, expect, test } from "bun:test";
import { unregisterClient } from "../../src/commands/unregister-client.ts";
import { decodeFields } from "../../src/schema/fields.ts";
import { fakeClock, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import { refusing, silent } from "../support/scripts.ts";
import { CONSUMER, nextOf, only, type SessionHouse, sessionHouse } from "./support.ts";

const REQUEST = { oneway: false, timeoutMillis: 500 };

/** What becomes of asking for a session. */
function faultAt({ sessions }: SessionHouse, id: string) {
  return faultOf((async () => sessions.get(id))());
}

describe("a session that nobody cares for", () => {
  test("ends when its lease is over: those who listen later hear of it, its brokers at once", async () => {
    using clock = fakeClock();
    const own = await sessionHouse();
    const { id, expiresAt } = await own.open({ ...CONSUMER, leaseMillis: 5_000 });
    expect(expiresAt).toBe(Date.now() + 5_000);
    await clock.advance(4_900);
    expect(own.sessions.list()).toHaveLength(1);
    await clock.advance(200);
    expect(own.sessions.list()).toEqual([]);
    expect(only(own).journal.slice(3)).toEqual(["1 35", "1 close"]);
    expect(await faultAt(own, id)).toMatchObject({
      fault: "gone",
      message: `Cannot use session ${id}: it has ended, nobody renewed it or listened to it`,
    });
    expect(clock.timers).toBe(0);
  });

  test("lives on when it is renewed", async () => {
    using clock = fakeClock();
    const own = await sessionHouse();
    const { id } = await own.open({ ...CONSUMER, leaseMillis: 5_000 });
    for (let round = 0; round < 4; round++) {
      await clock.advance(4_000);
      const { expiresAt } = await own.sessions.renew(id, REQUEST);
      expect(expiresAt).toBe(Date.now() + 5_000);
    }
    await clock.advance(5_100);
    expect(own.sessions.list()).toEqual([]);
  });

  test("lives while somebody listens, and its lease begins when the last one has gone", async () => {
    using clock = fakeClock();
    const own = await sessionHouse();
    const { id } = await own.open({ ...CONSUMER, leaseMillis: 5_000 });
    const readers = [own.sessions.read(id), own.sessions.read(id)];
    await clock.advance(60_000);
    expect(own.sessions.get(id)).toMatchObject({ expiresAt: null, listeners: 2 });
    readers[0]?.close();
    readers[0]?.close();
    await own.sessions.renew(id, REQUEST);
    await clock.advance(60_000);
    expect(own.sessions.get(id)).toMatchObject({ expiresAt: null, listeners: 1 });
    readers[1]?.close();
    expect(own.sessions.get(id)).toMatchObject({ expiresAt: Date.now() + 5_000, listeners: 0 });
    await clock.advance(5_100);
    expect((await faultAt(own, id)).fault).toBe("gone");
  });
});

describe("a session that is deleted", () => {
  test("leaves every group, at every broker, and tells those who listen", async () => {
    const own = await sessionHouse([{}, {}]);
    const consumerGroups = ["t", "u"].map((topic) => ({ group: "g", topic }));
    const { id } = await own.open({ clientId: "c", producerGroups: ["p", "q"], consumerGroups });
    const reader = own.sessions.read(id);
    const outcomes = await own.sessions.release(id, REQUEST);
    expect(outcomes.map(({ ok, broker }) => [ok, broker.brokerName])).toEqual([
      [true, "b1"],
      [true, "b2"],
    ]);
    for (const broker of own.brokers) {
      const left = broker.requests(35).map(({ extFields }) => decodeFields(unregisterClient.request.header, extFields));
      expect(left).toEqual([
        { clientID: "c", producerGroup: "p" },
        { clientID: "c", producerGroup: "q" },
        { clientID: "c", consumerGroup: "g" },
      ]);
      await broker.saw("1 close");
    }
    expect(await nextOf(reader)).toMatchObject({
      name: "expired",
      data: { reason: "deleted", at: expect.any(Number) },
    });
    expect(await nextOf(reader)).toBeNull();
    expect((await faultAt(own, id)).message).toContain("it was deleted");
  });

  test("is gone though its brokers refuse or say nothing", async () => {
    using clock = fakeClock();
    const own = await sessionHouse([{ handlers: { 35: refusing(1) } }, { handlers: { 35: silent } }]);
    const { id } = await own.open();
    const releasing = own.sessions.release(id, REQUEST);
    await clock.advance(600);
    expect((await releasing).map(({ ok }) => ok)).toEqual([false, false]);
    await settle();
    expect(own.brokers.map(({ openCount }) => openCount)).toEqual([0, 0]);
    expect(clock.timers).toBe(0);
  });

  test("is unregistered anew where its connection was lost", async () => {
    const own = await sessionHouse();
    const { id } = await own.open();
    only(own).connections[0]?.socket.close();
    await only(own).saw("1 close");
    expect(await own.sessions.release(id, REQUEST)).toMatchObject([{ ok: true }]);
    await only(own).saw("2 open", "2 35", "2 close");
  });
});

test("an id that was never given is not found, and of those that ended only the latest are known", async () => {
  const own = await sessionHouse([{}], { limits: { maxEndedSessions: 2 } });
  expect(await faultAt(own, "x")).toMatchObject({ fault: "not-found" });
  const ids: string[] = [];
  for (let round = 0; round < 3; round++) {
    const { id } = await own.open();
    ids.push(id);
    await own.sessions.release(id, REQUEST);
  }
  const faults = await Promise.all(ids.map((id) => faultAt(own, id)));
  expect(faults.map(({ fault }) => fault)).toEqual(["not-found", "gone", "gone"]);
});

describe("a stop", () => {
  test("releases all and tells those who listen", async () => {
    using clock = fakeClock();
    const own = await sessionHouse();
    const { id } = await own.open();
    const reader = own.sessions.read(id);
    await own.open({ producerGroups: ["p"] });
    await own.sessions.close(1_000);
    expect(await nextOf(reader)).toMatchObject({ name: "expired", data: { reason: "stopping" } });
    reader.close();
    await settle();
    expect(only(own).requests(35)).toHaveLength(2);
    expect({ open: only(own).openCount, timers: clock.timers }).toEqual({ open: 0, timers: 0 });
  });

  test("takes no longer than its time", async () => {
    using clock = fakeClock();
    const own = await sessionHouse([{ handlers: { 35: silent } }]);
    await own.open();
    const closing = own.sessions.close(1_000);
    await clock.advance(1_100);
    await closing;
    await settle();
    expect({ open: only(own).openCount, timers: clock.timers }).toEqual({ open: 0, timers: 0 });
  });
});
