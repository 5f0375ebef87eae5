import { describe, expect, test } from "bun:test";
import { coalescer } from "../../src/gateway/coalesce.ts";
import { nameServerScript } from "../support/scripts.ts";
import { startRig } from "./support/rig.ts";

function counting(ttlMillis = 0) {
  let reads = 0;
  const gate = Promise.withResolvers<void>();
  const shared = coalescer<number>({ ttlMillis, maxEntries: 2, isKept: (value) => value >= 0 });
  const read = async () => {
    const mine = ++reads;
    await gate.promise;
    return mine;
  };
  return { shared, read, open: gate.resolve, count: () => reads };
}

describe("identical reads", () => {
  test("at the same time are one", async () => {
    const { shared, read, open, count } = counting();
    const all = [shared.share("a", read), shared.share("a", read), shared.share("b", read)];
    open();
    expect(await Promise.all(all)).toEqual([1, 1, 2]);
    expect(await shared.share("a", read)).toBe(3);
    expect(count()).toBe(3);
  });

  test("share a failure, and the next one is tried", async () => {
    const { shared, read, open } = counting();
    const fail = () => Promise.reject(new Error("down"));
    const failed = await Promise.allSettled([shared.share("a", fail), shared.share("a", fail)]);
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    open();
    expect(await shared.share("a", read)).toBe(1);
  });

  test("begun after a change don't see what was before", async () => {
    const { shared, read, open } = counting(60_000);
    const before = shared.share("a", read);
    shared.forget();
    const after = shared.share("a", read);
    open();
    expect([await before, await after]).toEqual([1, 2]);
    expect(await shared.share("a", read)).toBe(2);
  });

  test("are kept for a while, the youngest of them", async () => {
    const { shared, read, open, count } = counting(60_000);
    open();
    for (const key of ["a", "b", "c", "c", "b"]) await shared.share(key, read);
    expect(count()).toBe(3);
    await shared.share("a", read);
    expect(count()).toBe(4);
  });
});

const body = new TextEncoder().encode('{"brokerAddrTable":{},"clusterAddrTable":{}}');
const script = { handlers: { ...nameServerScript, 100: () => ({}), 106: () => ({ body }) } };

describe("the gateway", () => {
  test("asks a name server once for reads at the same time, and again after a write", async () => {
    await using rig = await startRig({ upstreams: [script] });
    const asked = () => rig.scripted[0]?.requests(106).length ?? 0;
    await Promise.all(Array.from({ length: 32 }, () => rig.ask("GET /clusters")));
    expect(asked()).toBe(1);
    await rig.ask("PUT /kv/n/k", { body: { value: "v" } });
    await rig.ask("GET /clusters");
    expect(asked()).toBe(2);
  });

  test("asks for each where that is switched off", async () => {
    await using rig = await startRig({ upstreams: [script], sharing: { isShared: false, ttlMillis: 0 } });
    await Promise.all(Array.from({ length: 8 }, () => rig.ask("GET /clusters")));
    expect(rig.scripted[0]?.requests(106).length).toBe(8);
  });

  test("says how long an answer may be kept", async () => {
    await using rig = await startRig({ sharing: { isShared: true, ttlMillis: 5_000 } });
    const { headers } = await rig.raw("GET /clusters", {});
    expect(headers.get("cache-control")).toBe("private, max-age=5");
    expect((await rig.raw("GET /version", {})).headers.get("cache-control")).toBe("no-cache");
  });
});
