import { describe, expect, test } from "bun:test";
import { createClient } from "../../src/client/client.ts";
import { getKvConfig } from "../../src/commands/get-kv-config.ts";
import { orNull } from "../../src/discovery/absent.ts";
import { createNameServers } from "../../src/discovery/name-servers.ts";
import { Fault } from "../../src/errors.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import { fakeClock, settle } from "../support/clock.ts";
import { garbage, refusing, silent } from "../support/scripts.ts";
import { cluster, has } from "./support.ts";

const KEY = { namespace: "n", key: "k" };

describe("steps with each", () => {
  test("go side by side, each within the deadline, in the configured order", async () => {
    using clock = fakeClock();
    const { servers, nameServers, counts, close } = await cluster(has("a"), silent, refusing(17), null, has("e"));
    const left: number[] = [];
    const steps = nameServers.each(async (one, rest) => {
      const first = await one.read(getKvConfig, KEY, rest());
      left.push(rest());
      await one.read(getKvConfig, KEY, rest());
      return `${one.addresses.length} ${first.header.value}`;
    }, 500);
    await settle();
    await clock.advance(500);
    const outcomes = await steps;
    expect(outcomes.map(({ target }) => target)).toEqual(servers.map(({ name }) => name));
    const told = outcomes.map((outcome) => (outcome.ok ? outcome.value : outcome.fault.fault));
    expect(told).toEqual(["1 a", "timeout", "refused", "connect-failed", "1 e"]);
    expect(counts(101)).toEqual([2, 1, 1, 0, 2]);
    expect(left).toEqual([500, 500]);
    close();
    await settle();
  });

  test("that throw are a fault of that one", async () => {
    const { nameServers, close } = await cluster(has("a"), has("b"));
    const outcomes = await nameServers.each(async (one, left) => {
      const { header } = await one.read(getKvConfig, KEY, left());
      if (header.value === "b") throw new TypeError("oops");
    });
    expect(outcomes).toMatchObject([{ ok: true }, { ok: false, fault: { fault: "internal" } }]);
    close();
  });
});

test("versions are those in any answer", async () => {
  const { nameServers, close } = await cluster(has(""), refusing(22), garbage, null);
  const told = (await nameServers.versions(1_000)).map((outcome) => (outcome.ok ? outcome.value : outcome.fault.fault));
  expect(told).toEqual([513, 513, "undecodable", "connect-failed"]);
  close();
});

describe("one alone", () => {
  const client = createClient({ connect: memoryNetwork().connect });
  const nameServers = createNameServers(client, [
    { host: "10.0.0.1", port: 9_876 },
    { host: "::1", port: 9_876 },
  ]);

  test.each(["10.0.0.1:9876", "[::1]:9876"])("is %s", (name) =>
    expect(nameServers.only(name)?.addresses).toHaveLength(1),
  );

  test.each(["10.0.0.1", "::1:9876", "10.0.0.1:9877", "10.0.0.1:09876", " 10.0.0.1:9876", "", "-"])(
    "isn't %j, which is not configured",
    (name) => expect(nameServers.only(name)).toBeUndefined(),
  );

  test("hears what the others don't", async () => {
    const { servers, nameServers: all, counts, close } = await cluster(has("a"), has("b"));
    const one = all.only(servers[1]?.name ?? "");
    expect((await one?.read(getKvConfig, KEY))?.header.value).toBe("b");
    expect(await one?.all(getKvConfig, KEY)).toMatchObject([{ ok: true, target: servers[1]?.name }]);
    expect(counts(101)).toEqual([0, 2]);
    close();
  });
});

describe("what may be absent", () => {
  const refused = (code: number) =>
    new Fault("refused", "Cannot", { response: { code, remark: null, requestCode: 219 } });

  test("is null where the server says so, and else what it is", async () => {
    expect(await orNull(Promise.reject(refused(22)), 22)).toBeNull();
    expect(await orNull(Promise.resolve("x"), 22)).toBe("x");
  });

  test.each([refused(17), new Fault("timeout", "Cannot"), new TypeError("x")])(
    "fails with everything else: %#",
    (error) => {
      expect(orNull(Promise.reject(error), 22)).rejects.toBe(error);
    },
  );
});
