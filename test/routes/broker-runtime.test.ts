import { describe, expect, test } from "bun:test";
import { parseAddressMap } from "../../src/discovery/address-map.ts";
import { startRig } from "../gateway/support/rig.ts";
import { closing, refusing, silent } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import { register, registerBrokers } from "./support.ts";

const up = { handlers: brokerScript };

describe("a read from a broker", () => {
  test("goes to the master, or to the id that is asked for", async () => {
    await using rig = await startRig({ brokers: [up, up] });
    await register(rig.ask, { brokerAddr: rig.brokers[0]?.name });
    await register(rig.ask, { brokerId: 1, brokerAddr: rig.brokers[1]?.name });
    expect((await rig.ask("GET /brokers/b1/runtime")).body).toEqual({ brokerVersionDesc: "V5_5_0" });
    expect((await rig.ask("GET /brokers/b1/runtime?brokerId=1")).status).toBe(200);
    expect(rig.brokers.map((broker) => broker.requests(28).length)).toEqual([1, 1]);
    expect(await rig.ask("GET /brokers/b1/runtime?brokerId=2")).toMatchObject({
      status: 404,
      body: { detail: "Cannot find broker b1 with id 2: it has 0, 1 only" },
    });
    expect(await rig.ask("GET /brokers/b2/runtime")).toMatchObject({
      status: 404,
      body: { detail: "Cannot find broker b2: the name servers know none of that name" },
    });
    expect((await rig.ask("GET /brokers/b1/runtime?brokerId=x")).status).toBe(400);
  });

  test.each(["%RETRY%b", "a/b", "брокер 😀", "__proto__"])("takes the broker name %j", async (brokerName) => {
    await using rig = await startRig({ brokers: [up] });
    await register(rig.ask, { brokerName, brokerAddr: rig.brokers[0]?.name });
    expect((await rig.ask(`GET /brokers/${encodeURIComponent(brokerName)}/runtime`)).status).toBe(200);
  });

  test("has names in its path as they are", async () => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig);
    await rig.ask("GET /brokers/b1/stats/GROUP_GET_NUMS/a%2Fb%40%25RETRY%25g");
    expect(rig.brokers[0]?.requests(315).map(({ extFields }) => extFields)).toEqual([
      { statsName: "GROUP_GET_NUMS", statsKey: "a/b@%RETRY%g" },
    ]);
  });

  test("is 404 for what it doesn't count", async () => {
    await using rig = await startRig({ brokers: [{ handlers: { 315: refusing(1, "The stats <X> <Y> not exist") } }] });
    await registerBrokers(rig);
    expect(await rig.ask("GET /brokers/b1/stats/X/Y")).toMatchObject({
      status: 404,
      body: { detail: "The stats <X> <Y> not exist", target: rig.brokers[0]?.name },
    });
  });

  test.each([
    ["is dead", null, 502, "connect-failed"],
    ["hangs up", closing, 502, "closed"],
    ["is slow", silent, 504, "timeout"],
  ])("from one that %s", async (_, handler, status, type) => {
    await using rig = await startRig({
      brokers: handler ? [{ handlers: { 28: handler } }] : [],
      limits: { timeoutMillis: 80 },
    });
    const brokerAddr = rig.brokers[0]?.name ?? "nobody:1";
    await register(rig.ask, { brokerAddr });
    const startedAt = performance.now();
    expect(await rig.ask("GET /brokers/b1/runtime")).toMatchObject({
      status,
      body: { type: `/problems/${type}`, target: brokerAddr },
    });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test("takes no longer than is preferred, looking it up included", async () => {
    await using rig = await startRig({ brokers: [{ handlers: { 28: silent } }], limits: { timeoutMillis: 10_000 } });
    await registerBrokers(rig);
    const startedAt = performance.now();
    expect((await rig.ask("GET /brokers/b1/runtime", { headers: { prefer: "wait=1" } })).status).toBe(504);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  test("finds one that moved where it is now", async () => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig);
    await rig.ask("GET /brokers/b1/runtime");
    const [old] = rig.brokers;
    for (const { socket } of old?.connections ?? []) socket.close();
    await old?.saw("1 close");
    await old?.stop();
    expect((await rig.ask("GET /brokers/b1/runtime")).status).toBe(502);
    const { name: brokerAddr } = await rig.startBroker(up);
    await register(rig.ask, { brokerAddr });
    expect((await rig.ask("GET /brokers/b1/runtime")).status).toBe(200);
  });
});

describe("with an address map", () => {
  const mapped = () => startRig({ brokers: [up], addressMap: parseAddressMap("10.0.*:*=broker0:*") });

  test("a broker is dialled where that says, and by /invoke as well", async () => {
    await using rig = await mapped();
    const brokerAddr = `10.0.0.7:${rig.brokers[0]?.address.port}`;
    await register(rig.ask, { brokerAddr }, "t");
    expect((await rig.ask("GET /brokers/b1/runtime")).status).toBe(200);
    const invoke = (target: string) => rig.ask("POST /invoke", { body: { target, code: 28 } });
    for (const target of ["broker:b1", "broker:b1:0", brokerAddr, String(rig.brokers[0]?.name)]) {
      expect({ target, status: (await invoke(target)).status }).toEqual({ target, status: 200 });
    }
    expect((await invoke("10.0.0.8:10911")).status).toBe(403);
    expect((await rig.ask("PUT /topics/t?cluster=c1", { body: {} })).body.results).toMatchObject([{ brokerAddr }]);
  });

  test("a route tells either address", async () => {
    await using rig = await mapped();
    await register(rig.ask, { brokerAddr: "10.0.0.7:10911" }, "t");
    await register(rig.ask, { brokerName: "b2", brokerAddr: "elsewhere:10911" }, "t");
    const addresses = async (query: string) =>
      (await rig.ask(`GET /topics/t/route${query}`)).body.brokerDatas.map(
        (data: { brokerAddrs: Record<string, string> }) => data.brokerAddrs["0"],
      );
    expect(await addresses("")).toEqual(["10.0.0.7:10911", "elsewhere:10911"]);
    expect(await addresses("?resolved=false")).toEqual(["10.0.0.7:10911", "elsewhere:10911"]);
    expect(await addresses("?resolved=true")).toEqual(["broker0:10911", "elsewhere:10911"]);
  });
});
