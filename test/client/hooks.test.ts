import { describe, expect, test } from "bun:test";
import { createClient } from "../../src/client/client.ts";
import type { Hooks } from "../../src/client/hooks.ts";
import { Fault } from "../../src/errors.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import { fakeClock, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import { refusing, silent } from "../support/scripts.ts";
import { slowConnect } from "../support/slow-connect.ts";
import { echo, rig, versionedEcho } from "./support.ts";

/** Adds what an access key would, after a moment as real cryptography takes it. */
const signing: Hooks = {
  async before(request, target) {
    await Promise.resolve();
    return { ...request, extFields: { ...request.extFields, AccessKey: "me", Signature: `${request.code}@${target}` } };
  },
};

describe("the hook before a request", () => {
  test("signs every one, the probe for the version and one-way ones too", async () => {
    const { server, client } = await rig({}, { hooks: [signing] });
    await client.call(server.address, versionedEcho, { text: "a" });
    await client.oneway(server.address, echo, { text: "b" });
    await server.saw("1 9001 oneway");
    expect(server.arrivals.map(({ request }) => request.extFields)).toEqual([
      { namespace: "", key: "", AccessKey: "me", Signature: `101@${server.name}` },
      { text: "a", AccessKey: "me", Signature: `9002@${server.name}` },
      { text: "b", AccessKey: "me", Signature: `9001@${server.name}` },
    ]);
    client.close();
  });

  const broken: Record<string, { before: Hooks["before"]; fault: string; says: string }> = {
    "that throws": {
      before() {
        throw new Error("no key");
      },
      fault: "internal",
      says: "no key",
    },
    "that rejects with a fault": {
      before: () => Promise.reject(new Fault("forbidden", "Cannot sign: not for you")),
      fault: "forbidden",
      says: "Cannot sign: not for you",
    },
  };
  for (const [name, { before, fault, says }] of Object.entries(broken)) {
    test(`${name} fails the call, and nothing is sent`, async () => {
      const { server, client } = await rig({}, { hooks: [{ before } as Hooks] });
      const seen = await faultOf(client.call(server.address, echo, {}));
      expect(seen.fault).toBe(fault as never);
      expect(seen.message).toContain(says);
      await settle();
      expect(server.arrivals).toHaveLength(0);
      client.close();
    });
  }

  test("that never ends is bounded by the call's deadline", async () => {
    using clock = fakeClock();
    const { server, client } = await rig({}, { hooks: [{ before: () => new Promise<never>(() => {}) }] });
    const outcome = faultOf(client.call(server.address, echo, {}, 100));
    await clock.advance(100);
    expect((await outcome).fault).toBe("timeout");
    expect(server.arrivals).toHaveLength(0);
    client.close();
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("that makes a frame large doesn't get it past the limit of a server that may be an old one", async () => {
    const large: Hooks = { before: (request) => ({ ...request, body: new Uint8Array(9_000_000) }) };
    const { server, client } = await rig({}, { hooks: [large] });
    expect((await faultOf(client.call(server.address, echo, {}))).fault).toBe("too-large");
    await settle();
    expect(server.arrivals).toHaveLength(0);
    client.close();
  });
});

describe("the hook of a connection", () => {
  function listening() {
    const heard: string[] = [];
    const connected: Hooks["connected"] = (target, fault, elapsedMillis) => {
      heard.push(`${target} ${fault?.fault ?? "open"} ${elapsedMillis}`);
    };
    return { heard, hooks: [{ connected }] };
  }

  test("hears of each attempt once, however it ended", async () => {
    using clock = fakeClock();
    const { heard, hooks } = listening();
    const { server, client } = await rig({}, { hooks });
    await Promise.all([client.call(server.address, echo, {}), client.call(server.address, echo, {})]);
    await server.stop();
    await faultOf(client.dial(server.address));
    expect(heard).toEqual([`${server.name} open 0`, `${server.name} connect-failed 0`]);
    const slow = slowConnect(memoryNetwork().connect);
    const other = createClient({ connect: slow.connect, hooks });
    const outcome = faultOf(other.dial(server.address, 70));
    await clock.advance(70);
    expect((await outcome).fault).toBe("timeout");
    expect(heard.slice(2)).toEqual([`${server.name} timeout 70`]);
    client.close();
  });

  test("hears nothing of one that its caller gave up", async () => {
    const { heard, hooks } = listening();
    const slow = slowConnect(memoryNetwork().connect);
    const client = createClient({ connect: slow.connect, hooks });
    const outcome = faultOf(client.call({ host: "h", port: 1 }, echo, {}));
    await settle();
    expect(slow.begun).toBe(1);
    client.close();
    expect((await outcome).fault).toBe("unavailable");
    expect(heard).toEqual([]);
  });
});

describe("the hook after a call", () => {
  /** What it heard, in short. */
  function listening() {
    const heard: string[] = [];
    const hooks: Hooks = {
      after(request, outcome, target, elapsedMillis) {
        const end = outcome instanceof Fault ? outcome.fault : outcome === null ? "sent" : `code ${outcome.code}`;
        heard.push(`${request.code} ${end} ${target} ${elapsedMillis}`);
      },
    };
    return { heard, hooks };
  }

  test("hears of each one once, however it ended", async () => {
    using clock = fakeClock();
    const { heard, hooks } = listening();
    const { server, client } = await rig({}, { hooks: [hooks] });
    const name = server.name;
    await client.call(server.address, echo, {});
    server.handlers[echo.code] = refusing(17);
    await client.call(server.address, echo, {});
    await client.oneway(server.address, echo, {});
    server.handlers[echo.code] = silent;
    const late = faultOf(client.call(server.address, echo, {}, 40));
    await clock.advance(40);
    await late;
    const expected = ["code 0", "code 17", "sent", "timeout"].map(
      (end, at) => `9001 ${end} ${name} ${at === 3 ? 40 : 0}`,
    );
    expect(heard).toEqual(expected);
    client.close();
  });

  test("hears once of a large frame that needed the version first", async () => {
    const { heard, hooks } = listening();
    const { server, client } = await rig({}, { hooks: [hooks] });
    await client.call(server.address, echo, { body: new Uint8Array(9_000_000) });
    expect(heard.map((line) => line.split(` ${server.name}`)[0])).toEqual(["101 code 22", "9001 code 0"]);
    client.close();
  });
});
