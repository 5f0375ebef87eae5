import { describe, expect, test } from "bun:test";
import { createClient } from "../../src/client/client.ts";
import { getKvConfig } from "../../src/commands/get-kv-config.ts";
import { createNameServers } from "../../src/discovery/name-servers.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import { fakeClock, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import type { Handler } from "../support/scripted-connection.ts";
import { closing, garbage, refusing, silent } from "../support/scripts.ts";
import { cluster, has } from "./support.ts";

const KEY = { namespace: "n", key: "k" };

describe("a read", () => {
  const broken: Record<string, { script: Handler | null; took: number }> = {
    "is down": { script: null, took: 0 },
    "hangs up": { script: closing, took: 0 },
    "talks garbage": { script: garbage, took: 0 },
    "says nothing, after its share of the time": { script: silent, took: 500 },
  };
  for (const [name, { script, took }] of Object.entries(broken)) {
    test(`goes to the next name server when one ${name}, and stays with that`, async () => {
      using clock = fakeClock();
      const { servers, nameServers, counts, close } = await cluster(script, has("second"));
      const startedAt = performance.now();
      const first = nameServers.read(getKvConfig, KEY, 1_000);
      let tookMillis = 0;
      first.then(() => {
        tookMillis = performance.now() - startedAt;
      });
      await clock.advance(1_000, 10);
      expect((await first).header.value).toBe("second");
      expect(tookMillis).toBe(took);
      for (let again = 0; again < 3; again++) await nameServers.read(getKvConfig, KEY, 1_000);
      expect(counts(101)).toEqual([script === null ? 0 : 1, 4]);
      expect(servers[1]?.connections).toHaveLength(1);
      close();
      await settle();
      expect(clock.timers).toBe(0);
    });
  }

  test("comes back to the first one when the one that it stayed with goes", async () => {
    const { servers, nameServers, close } = await cluster(closing, has("second"));
    const [first, second] = servers;
    if (!first || !second) throw new Error("Cannot begin: two servers");
    await nameServers.read(getKvConfig, KEY);
    first.handlers[101] = has("first");
    second.handlers[101] = closing;
    expect((await nameServers.read(getKvConfig, KEY)).header.value).toBe("first");
    close();
  });

  test("shares one deadline among those that are left, and fails with the last fault", async () => {
    using clock = fakeClock();
    const { servers, nameServers, close } = await cluster(silent, null, silent, silent);
    const outcome = faultOf(nameServers.read(getKvConfig, KEY, 800));
    let isOver = false;
    outcome.then(() => {
      isOver = true;
    });
    await clock.advance(799, 1);
    expect(isOver).toBe(false);
    await clock.advance(2, 1);
    expect(await outcome).toMatchObject({ fault: "timeout", target: servers[3]?.name });
    // A quarter for the first; the second is down and takes nothing; the rest is halved.
    expect(servers.flatMap(({ arrivals }) => arrivals.map(({ atMillis }) => atMillis))).toEqual([0, 200, 500]);
    close();
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("takes a refusal for an answer: the next one isn't asked, and this one is preferred", async () => {
    const { servers, nameServers, counts, close } = await cluster(
      closing,
      refusing(17, "No topic route info"),
      has("third"),
    );
    const fault = await faultOf(nameServers.read(getKvConfig, KEY));
    expect(fault.fault).toBe("refused");
    expect(fault.options.response).toEqual({ code: 17, remark: "No topic route info", requestCode: 101 });
    expect(fault.target).toBe(servers[1]?.name);
    await faultOf(nameServers.read(getKvConfig, KEY));
    expect(counts(101)).toEqual([1, 2, 0]);
    close();
  });

  test("has nobody to ask without name servers", async () => {
    const client = createClient({ connect: memoryNetwork().connect });
    const nameServers = createNameServers(client, []);
    expect((await faultOf(nameServers.read(getKvConfig, KEY))).fault).toBe("unavailable");
    expect(await nameServers.all(getKvConfig, KEY)).toEqual([]);
  });
});
