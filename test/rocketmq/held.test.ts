import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { createClient } from "../../src/client/client.ts";
import { getBrokerClusterInfo } from "../../src/commands/get-broker-cluster-info.ts";
import { parseAddress } from "../../src/transport/address.ts";
import { connect } from "../../src/transport/bun.ts";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames } from "../../tools/rocketmq/generations.ts";
import type { Server } from "../../tools/rocketmq/server.ts";
import { startNameServer } from "../../tools/rocketmq/servers.ts";
import { sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { broker, http } from "../support/http.ts";
import { until } from "../support/until.ts";
import { clusterRows } from "./support/read-back.ts";

// Longer than the 120 s after which name servers drop what they don't hear of.
const IDLE_MILLIS = 150_000;
const SILENCE_MILLIS = 130_000;
setDefaultTimeout(300_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;

/** Whether the generation's own mqadmin lists the broker. */
async function isListed(generation: (typeof generationNames)[number], nameServer: string, brokerName: string) {
  return (await clusterRows(generation, nameServer)).some(([, name]) => name === brokerName);
}

// All the waiting happens side by side.
describe.skipIf(!rig.available)(`what is held${skipped}`, () => {
  let nameServers: string[] = [];
  let gateway: GatewayProcess;

  beforeAll(async () => {
    nameServers = (await Promise.all(generationNames.map(sharedNameServer))).map(({ address }) => address);
    gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: nameServers.join(";") } });
  });
  afterAll(() => gateway.kill9());

  function register(url: string, overrides: Record<string, unknown>) {
    return http(url, "/brokers/register", { method: "POST", body: broker(overrides) });
  }

  /** Which of the three name servers list the broker, asked at the same time. */
  function listedBy(brokerName: string): Promise<boolean[]> {
    return Promise.all(
      generationNames.map((generation, at) => isListed(generation, nameServers[at] ?? "", brokerName)),
    );
  }

  test.concurrent("is there after 150 idle seconds, on every generation, and gone 2 s after DELETE", async () => {
    const topics = { topicConfigSerializeWrapper: { topicConfigTable: { "held-t": {} } } };
    const names = { clusterName: "held-c", brokerName: "held-b", brokerAddr: "127.0.0.1:21911" };
    const { status, headers, body } = await register(gateway.url, { ...names, ...topics, compressed: true });
    expect({ status, ok: body.results.map((row: { ok: boolean }) => row.ok) }).toEqual({
      status: 201,
      ok: [true, true, true],
    });
    await Bun.sleep(IDLE_MILLIS);
    expect(await listedBy("held-b")).toEqual([true, true, true]);

    const { status: deleted } = await http(gateway.url, headers.get("location") ?? "", { method: "DELETE" });
    expect(deleted).toBe(200);
    const isGone = async () => (await listedBy("held-b")).every((listed) => !listed);
    await until("nobody lists it", isGone, { withinMillis: 2_000 });
  });

  test.concurrent("goes with a gateway that is killed", async () => {
    const victim = await startGatewayProcess({ settings: { NAMESRV_ADDR: nameServers.join(";") } });
    const clusterName = "kill-c";
    // Servers up to 4.x know a living broker by its address, so each has one of its own.
    await register(victim.url, { clusterName, brokerName: "kill-b1", brokerAddr: "127.0.0.1:21921" });
    await register(victim.url, { clusterName, brokerName: "kill-b2", brokerAddr: "127.0.0.1:21922" });
    expect(await listedBy("kill-b1")).toEqual([true, true, true]);
    await victim.kill9();
    const areGone = async () =>
      [...(await listedBy("kill-b1")), ...(await listedBy("kill-b2"))].every((listed) => !listed);
    await until("nobody lists them", areGone);
  });

  test.concurrent("hold:false ends as the reply says", async () => {
    const names = { clusterName: "pass-c", brokerName: "pass-b", brokerAddr: "127.0.0.1:21931" };
    const { status, body } = await register(gateway.url, { ...names, hold: false });
    expect({ status, held: body.held }).toEqual({ status: 201, held: false });
    expect(await listedBy("pass-b")).toEqual([true, true, true]);
    const left = body.endsAt - Date.now();
    expect(left).toBeGreaterThan(110_000);
    await Bun.sleep(left);
    const isGone = async () => (await listedBy("pass-b")).every((listed) => !listed);
    await until("nobody lists it", isGone, { withinMillis: 15_000 });
  });

  test.concurrent.each([...generationNames])(
    "130 s of silence before %s, then 100 calls: 100 answers",
    async (generation) => {
      const client = createClient({ connect });
      const address = parseAddress((await sharedNameServer(generation)).address);
      const call = () => client.call(address, getBrokerClusterInfo, {});
      expect((await call()).code).toBe(0);
      await Bun.sleep(SILENCE_MILLIS);
      const replies = await Promise.all(Array.from({ length: 100 }, call));
      expect(replies.map(({ code }) => code)).toEqual(Array.from({ length: 100 }, () => 0));
      client.close();
    },
  );
});

describe.skipIf(!rig.available).each([...generationNames])(`a name server of %s that fails${skipped}`, (generation) => {
  let other: Server;
  let own: Server;
  let gateway: GatewayProcess;

  beforeAll(async () => {
    [own, other] = await Promise.all([startNameServer(generation), sharedNameServer(generation)]);
    gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: `${own.address};${other.address}` } });
  });
  afterAll(async () => {
    await gateway.kill9();
    await own.stop();
  });

  test("loses no registration when it is killed under load and comes back", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `${generation}-load-b${index}`);
    const registered = names.map((brokerName, index) => {
      const body = broker({ clusterName: "load-c", brokerName, brokerAddr: `127.0.0.1:${22_000 + index}` });
      return http(gateway.url, "/brokers/register", { method: "POST", body });
    });
    for (const { status } of await Promise.all(registered)) expect(status).toBe(201);

    let isLoading = true;
    const statuses = new Map<number, number>();
    const readers = Array.from({ length: 8 }, async () => {
      while (isLoading) {
        const { status } = await http(gateway.url, "/clusters/load-c");
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    });
    await own.kill9();
    await own.restart();
    const areBack = async () => {
      const rows = await clusterRows(generation, own.address);
      return names.every((name) => rows.some(([, brokerName]) => brokerName === name));
    };
    await until("all 20 are back", areBack, { withinMillis: 30_000 });
    isLoading = false;
    await Promise.all(readers);
    // The other name server answered meanwhile; a reader may only miss what the new one didn't know yet.
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 404)).toEqual([]);
    expect(statuses.get(200) ?? 0).toBeGreaterThan(100);
  });

  test("costs its deadline and no more while it is a black hole", async () => {
    own.suspend();
    const startedAt = performance.now();
    const body = broker({ clusterName: "hole-c", brokerName: `${generation}-hole-b`, timeoutMillis: 1_500 });
    const registered = await http(gateway.url, "/brokers/register", { method: "POST", body });
    const elapsed = performance.now() - startedAt;
    own.resume();
    expect(registered.status).toBe(207);
    const [hole, answered] = registered.body.results;
    expect(hole).toMatchObject({ ok: false, problem: "timeout" });
    expect(answered).toMatchObject({ ok: true, code: 0 });
    expect(answered.elapsedMs).toBeLessThan(1_000);
    expect(elapsed).toBeGreaterThan(1_400);
    expect(elapsed).toBeLessThan(2_500);
    const isHeldByBoth = () => isListed(generation, own.address, `${generation}-hole-b`);
    await until("the other one is told once it answers", isHeldByBoth, { withinMillis: 30_000 });
  });
});
