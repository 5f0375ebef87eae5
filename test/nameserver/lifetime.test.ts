import { describe, expect, test } from "bun:test";
import { createPeer, type Peer } from "../../src/client/peer.ts";
import { brokerHeartbeat } from "../../src/commands/broker-heartbeat.ts";
import { queryDataVersion } from "../../src/commands/query-data-version.ts";
import { createSession } from "../../src/session/session.ts";
import type { MemorySocket } from "../../src/transport/memory-socket.ts";
import { until } from "../support/until.ts";
import { clusterInfo, register, route } from "./brokers.ts";
import { ask, startEmbedded, timeoutMillis } from "./support.ts";

const broker = { clusterName: "c", brokerName: "b", brokerAddr: "10.0.0.1:10911", brokerId: 0 };

/** A server whose time stands still unless it is moved. */
async function startWithClock(limits: Record<string, number> = {}) {
  let time = 1_000_000;
  let readings = 0;
  // Nothing is idle here but where a test wants it to be.
  const patient = { scanPeriodMillis: 1, idleMillis: 1_000_000_000, ...limits };
  const embedded = await startEmbedded({ now, limits: patient });
  function now(): number {
    readings++;
    return time;
  }
  return Object.assign(embedded, {
    pass(millis: number) {
      time += millis;
    },
    /** Resolves once the server has looked at the clock again. */
    scanned() {
      const before = readings;
      return until("it looked at the clock", () => readings > before + 1);
    },
  });
}

describe("a connection that closes", () => {
  test("takes every broker with it that registered over it", async () => {
    await using embedded = await startEmbedded();
    const watcher = await embedded.peer();
    const gateway = await embedded.peer();
    await register(gateway, { topics: [{ topicName: "t" }] });
    await register(gateway, { brokerName: "b2", brokerAddr: "10.0.0.2:1" });
    await register(watcher, { brokerName: "b3", brokerAddr: "10.0.0.3:1" });
    gateway.session.close();
    await until("one broker is left", () => embedded.server.stats.brokers === 1);
    expect(Object.keys((await clusterInfo(watcher)).brokerAddrTable)).toEqual(["b3"]);
    expect(await route(watcher, "t")).toBeNull();
  });

  test("takes one replica of a broker only", async () => {
    await using embedded = await startEmbedded();
    const [master, slave] = [await embedded.peer(), await embedded.peer()];
    await register(master, { topics: [{ topicName: "t" }] });
    await register(slave, { brokerId: 1, brokerAddr: "10.0.0.2:1" });
    master.session.close();
    await until("one connection is left", () => embedded.server.stats.connections === 1);
    expect((await clusterInfo(slave)).brokerAddrTable.b?.brokerAddrs).toEqual({ "1": "10.0.0.2:1" });
    expect(await route(slave, "t")).not.toBeNull();
  });

  test("takes nothing that was registered again over another one, be it with the same DataVersion", async () => {
    await using embedded = await startEmbedded();
    const [first, second] = [await embedded.peer(), await embedded.peer()];
    await register(first);
    await register(second);
    first.session.close();
    await until("one connection is left", () => embedded.server.stats.connections === 1);
    expect(embedded.server.stats.brokers).toBe(1);
    second.session.close();
    await until("no broker is left", () => embedded.server.stats.brokers === 0);
  });

  test("goes by the last registration, not by the last heartbeat", async () => {
    await using embedded = await startEmbedded();
    const [first, second] = [await embedded.peer(), await embedded.peer()];
    await register(first);
    await second.call(brokerHeartbeat, broker, timeoutMillis);
    first.session.close();
    await until("no broker is left", () => embedded.server.stats.brokers === 0);
  });

  test("counts when it breaks, too", async () => {
    await using embedded = await startEmbedded();
    const socket = await embedded.open();
    await register(createPeer(createSession(socket)));
    expect(embedded.server.stats.brokers).toBe(1);
    (socket as MemorySocket).reset();
    await until("no broker is left", () => embedded.server.stats.brokers === 0);
  });
});

describe("a broker that falls silent", () => {
  test("expires after 120 s, and its connection is closed", async () => {
    await using embedded = await startWithClock();
    const peer = await embedded.peer();
    await register(peer);
    embedded.pass(120_000);
    await embedded.scanned();
    expect(embedded.server.stats.brokers).toBe(1);
    embedded.pass(1);
    await peer.session.closed;
    await until("no connection is left", () => embedded.server.stats.connections === 0);
    expect(embedded.server.stats.brokers).toBe(0);
  });

  test("expires after the time that it asked for", async () => {
    await using embedded = await startWithClock();
    const [short, long] = [await embedded.peer(), await embedded.peer()];
    await register(short, { heartbeatTimeoutMillis: 3_000 });
    await register(long, { brokerName: "b2", brokerAddr: "10.0.0.2:1" });
    embedded.pass(3_001);
    await short.session.closed;
    await until("one broker is left", () => embedded.server.stats.brokers === 1);
    expect(Object.keys((await clusterInfo(long)).brokerAddrTable)).toEqual(["b2"]);
  });

  test.each([
    ["a registration", (peer: Peer) => register(peer)],
    ["QUERY_DATA_VERSION", (peer: Peer) => peer.call(queryDataVersion, broker, timeoutMillis)],
    ["BROKER_HEARTBEAT", (peer: Peer) => peer.call(brokerHeartbeat, broker, timeoutMillis)],
  ])("lives on with %s", async (_, refresh) => {
    await using embedded = await startWithClock();
    const peer = await embedded.peer();
    await register(peer);
    embedded.pass(119_999);
    await refresh(peer);
    embedded.pass(119_999);
    await embedded.scanned();
    expect(embedded.server.stats.brokers).toBe(1);
    embedded.pass(2);
    await until("no broker is left", () => embedded.server.stats.brokers === 0);
  });

  test("takes the other brokers of its connection with it", async () => {
    await using embedded = await startWithClock();
    const peer = await embedded.peer();
    await register(peer, { heartbeatTimeoutMillis: 10 });
    await register(peer, { brokerName: "b2", brokerAddr: "10.0.0.2:1" });
    embedded.pass(11);
    await until("no broker is left", () => embedded.server.stats.brokers === 0);
  });
});

describe("connections", () => {
  test("are closed when nothing came for too long", async () => {
    await using embedded = await startWithClock({ idleMillis: 120_000 });
    const [idle, busy] = [await embedded.connect(), await embedded.connect()];
    await until("both are connected", () => embedded.server.stats.connections === 2);
    embedded.pass(100_000);
    await ask(busy, 106);
    embedded.pass(20_001);
    await idle.closed;
    expect(busy.isOpen).toBe(true);
    expect((await ask(busy, 106)).code).toBe(0);
  });

  test("beyond the limit are closed at once, and there is room again later", async () => {
    await using embedded = await startEmbedded({ limits: { maxConnections: 2 } });
    const first = await embedded.connect();
    await embedded.connect();
    const third = await embedded.connect();
    await third.closed;
    first.close();
    await until("one connection is left", () => embedded.server.stats.connections === 1);
    expect((await ask(await embedded.connect(), 106)).code).toBe(0);
  });

  test("are closed with the server, which forgets everything and can be closed twice", async () => {
    const embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer);
    await Promise.all([embedded.server.close(), embedded.server.close()]);
    await peer.session.closed;
    expect(embedded.server.stats).toEqual({ connections: 0, brokers: 0, topics: 0 });
    expect(embedded.connect()).rejects.toThrow("Cannot connect");
  });
});
