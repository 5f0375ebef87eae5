import { describe, expect, test } from "bun:test";
import type { Fault } from "../../src/errors.ts";
import { fakeClock, moments, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import { silent } from "../support/scripts.ts";
import { echo, rig, slowRig, versionedEcho } from "./support.ts";

describe("closing a client", () => {
  test("fails what waits, refuses what comes, and leaves nothing open", async () => {
    using clock = fakeClock();
    const { server, client } = await rig({ handlers: { [echo.code]: silent } });
    const waiting = faultOf(client.call(server.address, echo, {}));
    await server.saw("1 9001");
    client.close();
    client.close();
    expect((await waiting).fault).toBe("closed");
    expect(await faultOf(client.call(server.address, echo, {}))).toMatchObject({ fault: "unavailable" });
    expect(await faultOf(client.oneway(server.address, echo, {}))).toMatchObject({ fault: "unavailable" });
    await settle();
    expect(server.openCount).toBe(0);
    expect(client.stats).toEqual({ connections: 0, pending: 0, lateReplies: 0 });
    expect(clock.timers).toBe(0);
  });

  test("gives up a connection that is being opened", async () => {
    using clock = fakeClock();
    const { server, client, network } = await slowRig();
    const waiting = faultOf(client.call(server.address, echo, {}));
    await settle();
    client.close();
    expect(await waiting).toMatchObject({ fault: "unavailable", target: server.name });
    expect(network.aborted).toBe(1);
    expect(server.connections).toHaveLength(0);
    expect(clock.timers).toBe(0);
  });
});

describe("at every moment of connecting and calling", () => {
  test("a client can be closed, and nothing stays open", async () => {
    using clock = fakeClock();
    const ends = new Set<string>();
    for (let moment = 0; moment < 160; moment++) {
      const { server, client, network } = await slowRig();
      network.open();
      const call = client.call(server.address, versionedEcho, {}).then(
        () => "answered",
        (error: Fault) => error.fault,
      );
      await moments(moment);
      client.close();
      ends.add(await call);
      await settle();
      expect(server.openCount).toBe(0);
      expect(client.stats).toMatchObject({ connections: 0, pending: 0 });
      expect(clock.timers).toBe(0);
    }
    // What waits for its answer is "closed", as above; here the answer comes in the turn in which the request leaves.
    expect([...ends].sort()).toEqual(["answered", "send-failed", "unavailable"]);
  });

  test("a connection of one's own can be given up, and is open only for one who got it", async () => {
    using clock = fakeClock();
    const ends = new Set<string>();
    for (let moment = 0; moment < 20; moment++) {
      const { server, client, network } = await slowRig();
      network.open();
      const controller = new AbortController();
      const dialled = client.dial(server.address, 1_000, controller.signal).then(
        () => 1,
        () => 0,
      );
      await moments(moment);
      controller.abort(new Error("given up"));
      const open = await dialled;
      await settle();
      expect(server.openCount).toBe(open);
      expect(clock.timers).toBe(0);
      ends.add(open ? "open" : "given up");
    }
    expect(ends.size).toBe(2);
  });
});

describe("stats", () => {
  test("count what waits and what came too late, of closed connections too", async () => {
    using clock = fakeClock();
    const late = Promise.withResolvers<object>();
    const { server, client } = await rig({ handlers: { [echo.code]: () => late.promise } });
    const waiting = faultOf(client.call(server.address, echo, {}, 100));
    await settle();
    expect(client.stats).toEqual({ connections: 1, pending: 1, lateReplies: 0 });
    await clock.advance(100);
    expect((await waiting).fault).toBe("timeout");
    late.resolve({});
    await settle();
    expect(client.stats).toEqual({ connections: 1, pending: 0, lateReplies: 1 });
    server.connections[0]?.socket.close();
    await settle();
    expect(client.stats).toEqual({ connections: 0, pending: 0, lateReplies: 1 });
  });
});

describe("a connection of one's own", () => {
  test("is neither shared nor closed with the client", async () => {
    const { server, client } = await rig();
    const own = await client.dial(server.address);
    await client.call(server.address, echo, {});
    expect(server.openCount).toBe(2);
    expect(client.stats.connections).toBe(1);
    client.close();
    await server.saw("2 close");
    expect((await own.call(echo, {}, 1_000)).code).toBe(0);
    own.session.close();
  });

  test("can be given up while it is being opened", async () => {
    using clock = fakeClock();
    const { server, client, network } = await slowRig();
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const dialled = client.dial(server.address, 1_000, controller.signal).catch((error: unknown) => error);
    controller.abort(reason);
    expect(await dialled).toBe(reason);
    expect(network.aborted).toBe(1);
    await expect(client.dial(server.address, 1_000, controller.signal)).rejects.toBe(reason);
    expect(network.begun).toBe(1);
    expect(clock.timers).toBe(0);
  });
});
