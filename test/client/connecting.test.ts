import { describe, expect, test } from "bun:test";
import { createClient } from "../../src/client/client.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import { fakeClock, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import { startServer } from "../support/scripted-server.ts";
import { closing, silent } from "../support/scripts.ts";
import { after, echo, rig, slowRig, versionedEcho } from "./support.ts";

describe("connecting", () => {
  test("happens once for 100 calls at the same time, and not again for those that follow", async () => {
    const { server, client, network } = await slowRig();
    const call = (index: number) => client.call(server.address, echo, { text: `${index}` });
    const calls = [...Array(100).keys()].map(call);
    await settle();
    expect(network.begun).toBe(1);
    network.open();
    await Promise.all(calls);
    await call(100);
    expect(network.begun).toBe(1);
    expect(new Set(server.requests(echo.code).map(({ extFields }) => extFields?.text)).size).toBe(101);
    expect(client.stats).toEqual({ connections: 1, pending: 0, lateReplies: 0 });
    client.close();
  });

  test("that is slow holds nobody longer than the own deadline, and goes on for the others", async () => {
    using clock = fakeClock();
    const { server, client, network } = await slowRig();
    const hasty = faultOf(client.call(server.address, echo, {}, 50));
    const patient = client.call(server.address, echo, {}, 2_000);
    await clock.advance(50);
    const fault = await hasty;
    expect(fault).toMatchObject({ fault: "timeout", target: server.name });
    expect(fault.message).toBe(`Cannot connect to ${server.name}: not open within 50 ms`);
    expect(network.aborted).toBe(0);
    await clock.advance(1_000);
    network.open();
    expect((await patient).code).toBe(0);
    expect(network.begun).toBe(1);
    expect(server.requests(echo.code)).toHaveLength(1);
    client.close();
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("is given up after its own time, and begun anew by the next call", async () => {
    using clock = fakeClock();
    const { server, client, network } = await slowRig({ limits: { connectTimeoutMillis: 200 } });
    const outcome = faultOf(client.call(server.address, echo, {}, 10_000));
    await clock.advance(200);
    expect(await outcome).toMatchObject({ fault: "timeout", target: server.name });
    expect(network.aborted).toBe(1);
    network.open();
    await client.call(server.address, echo, {});
    expect(network.begun).toBe(2);
    client.close();
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("that fails tells everyone who waits, and the next call tries again", async () => {
    const network = memoryNetwork();
    const client = createClient({ connect: network.connect });
    const server = await startServer(network, { handlers: { [echo.code]: () => ({}) } });
    await server.stop();
    const faults = await Promise.all([1, 2, 3].map(() => faultOf(client.call(server.address, echo, {}))));
    for (const each of faults) expect(each).toMatchObject({ fault: "connect-failed", target: server.name });
    expect(client.stats.connections).toBe(0);
    await network.listen(server.address, (socket) => socket.close());
    expect((await faultOf(client.call(server.address, echo, {}))).fault).not.toBe("connect-failed");
  });

  test("says what went wrong even where the runtime threw something else", async () => {
    const client = createClient({ connect: () => Promise.reject(new TypeError("sockets are forbidden here")) });
    const fault = await faultOf(client.call({ host: "a", port: 1 }, echo, {}));
    expect(fault.fault).toBe("connect-failed");
    expect(fault.message).toBe("Cannot connect to a:1: sockets are forbidden here");
  });
});

describe("one deadline", () => {
  test("covers connecting, learning the version and waiting together", async () => {
    using clock = fakeClock();
    const { server, client, network } = await slowRig();
    server.handlers[101] = () => after(30, () => ({ code: 22 }));
    server.handlers[versionedEcho.code] = silent;
    const outcome = faultOf(client.call(server.address, versionedEcho, {}, 100));
    let isOver = false;
    outcome.then(() => {
      isOver = true;
    });
    await clock.advance(30);
    network.open();
    await clock.advance(69, 1);
    expect(server.journal).toEqual(["1 open", "1 101", "1 9002"]);
    expect(isOver).toBe(false);
    await clock.advance(1);
    expect((await outcome).fault).toBe("timeout");
    client.close();
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("holds for a one-way request as well", async () => {
    using clock = fakeClock();
    const { server, client } = await rig({ handlers: { 101: silent } });
    const outcome = faultOf(client.oneway(server.address, versionedEcho, {}, 100));
    await clock.advance(100);
    expect((await outcome).fault).toBe("timeout");
    expect(server.requests(versionedEcho.code)).toHaveLength(0);
    client.close();
  });
});

describe("a connection that is gone", () => {
  test("is followed by a new one at the next call", async () => {
    const { server, client } = await rig({ handlers: { [echo.code]: closing } });
    expect((await faultOf(client.call(server.address, echo, {}))).fault).toBe("closed");
    expect(client.stats.connections).toBe(0);
    server.handlers[echo.code] = () => ({});
    await client.call(server.address, echo, {});
    expect(server.connections).toHaveLength(2);
    client.close();
  });

  test("before anything of the call left carries it over a new one", async () => {
    const hold = Promise.withResolvers<void>();
    let signed = 0;
    const { server, client } = await rig(
      {},
      {
        hooks: [
          {
            async before(request) {
              if (++signed === 2) await hold.promise;
              return request;
            },
          },
        ],
      },
    );
    await client.call(server.address, echo, { text: "first" });
    const second = client.call(server.address, echo, { text: "second" });
    await settle();
    server.connections[0]?.socket.close();
    await server.saw("1 close");
    hold.resolve();
    expect((await second).code).toBe(0);
    expect(server.requests(echo.code).map(({ extFields }) => extFields?.text)).toEqual(["first", "second"]);
    expect(server.connections).toHaveLength(2);
    client.close();
  });
});

describe("an idle connection", () => {
  test("is closed after its time, and the next call has a new one", async () => {
    using clock = fakeClock();
    const { server, client } = await rig({}, { limits: { idleMillis: 1_000 } });
    await client.call(server.address, echo, {});
    await clock.advance(900);
    await client.call(server.address, echo, {});
    await clock.advance(990);
    expect(server.openCount).toBe(1);
    await clock.advance(20);
    expect(server.openCount).toBe(0);
    expect(client.stats.connections).toBe(0);
    await client.call(server.address, echo, {});
    expect(server.connections).toHaveLength(2);
    client.close();
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("isn't idle while a request waits", async () => {
    using clock = fakeClock();
    const { server, client } = await rig(
      { handlers: { [echo.code]: () => after(2_500, () => ({})) } },
      { limits: { idleMillis: 1_000 } },
    );
    const slow = client.call(server.address, echo, {}, 10_000);
    await clock.advance(2_500);
    expect((await slow).code).toBe(0);
    expect(server.connections).toHaveLength(1);
    await clock.advance(2_000);
    expect(server.openCount).toBe(0);
    expect(clock.timers).toBe(0);
  });

  test("never meets a call: 200 calls around the moment of its close all succeed", async () => {
    using clock = fakeClock();
    const { server, client } = await rig({}, { limits: { idleMillis: 20 } });
    for (let round = 0; round < 200; round++) {
      await clock.advance(15 + (round % 10), 1);
      expect((await client.call(server.address, echo, {})).code).toBe(0);
    }
    expect(server.connections.length).toBeGreaterThan(50);
    client.close();
    await settle();
    expect(server.openCount).toBe(0);
    expect(clock.timers).toBe(0);
  });
});
