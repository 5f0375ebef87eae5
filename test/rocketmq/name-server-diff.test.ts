import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { type Generation, generationNames } from "../../tools/rocketmq/generations.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import { sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { broker, http } from "../support/http.ts";
import { kvThrough, routeThrough } from "./support/read-back.ts";

// Each look through Java starts a JVM.
setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;

interface Row {
  readonly kind: string;
  readonly topic?: string;
  readonly values: readonly { readonly nameServer: string; readonly value: unknown }[];
}

describe.skipIf(!rig.available)(`name servers of three generations side by side${skipped}`, () => {
  const addresses = new Map<Generation, string>();
  let gateway: GatewayProcess;
  let topics: string[];

  beforeAll(async () => {
    for (const generation of generationNames) addresses.set(generation, (await sharedNameServer(generation)).address);
    gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: [...addresses.values()].join(";") } });
    topics = ["nsd%same", "nsd-gone", "nsd-perm"];
    const flags = [0, 3, 2];
    const table = topics.map((topic, index) => [topic, { topicSysFlag: flags[index], readQueueNums: 4 }]);
    const names = { clusterName: "nsd-c", brokerName: "nsd-b" };
    const wrapper = { topicConfigSerializeWrapper: { topicConfigTable: Object.fromEntries(table) } };
    const slave = { brokerId: 1, brokerAddr: "127.0.0.1:21221" };
    for (const spec of [{ brokerAddr: "127.0.0.1:21211", ...wrapper }, slave]) {
      const { status } = await http(gateway.url, "/brokers/register", {
        method: "POST",
        body: broker({ ...names, ...spec }),
      });
      expect(status).toBe(201);
    }
  }, 3 * startTimeoutMillis);
  afterAll(async () => {
    expect(await gateway.stop()).toBe(0);
  });

  /** What they disagree on of this test's own things, page by page. */
  async function ownRows(): Promise<Row[]> {
    const rows: Row[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query = new URLSearchParams([
        ["namespace", "nsd/n"],
        ["limit", "2"],
        ...(cursor ? [["cursor", cursor]] : []),
      ]);
      const { status, body } = await http(gateway.url, `/name-servers/diff?${query}`);
      expect(status).toBe(200);
      rows.push(...body.data);
      cursor = body.next;
    }
    return rows.filter((row) => JSON.stringify({ ...row, values: [] }).includes("nsd"));
  }

  /** Does something with the name server of one generation alone. */
  async function at(generation: Generation, method: string, path: string, body?: unknown): Promise<void> {
    const alone = await startGatewayProcess({ settings: { NAMESRV_ADDR: addresses.get(generation) ?? "" } });
    try {
      expect((await http(alone.url, path, { method, body })).status).toBe(200);
    } finally {
      expect(await alone.stop()).toBe(0);
    }
  }

  test("agree on what they all heard, each in its own words", async () => {
    expect(await ownRows()).toEqual([]);
    const { body } = await http(gateway.url, "/name-servers");
    expect(body.data.map(({ generation }: { generation: string }) => generation)).toEqual(["3.x", "4.x", "5.x"]);
  });

  test("disagree on what only one of them heard, as Java sees each", async () => {
    const [first, second, third] = generationNames;
    if (!first || !second || !third) throw new Error("Cannot compare: three generations are needed");
    const place = encodeURIComponent(addresses.get(second) ?? "");
    await http(gateway.url, `/name-servers/${place}/topics/nsd-gone`, { method: "DELETE" });
    await at(third, "DELETE", "/brokers/nsd-b/write-permission");
    await at(first, "PUT", "/kv/nsd%2Fn/k", { value: "only here" });

    const rows = await ownRows();
    expect(rows.map(({ kind, topic }) => [kind, topic])).toEqual([
      ["topic", "nsd-gone"],
      ["kv", undefined],
      ["route", "nsd%same"],
      ["route", "nsd-gone"],
      ["route", "nsd-perm"],
    ]);
    for (const { values } of rows.slice(0, 2))
      expect(values.map((each) => each.nameServer)).toEqual([...addresses.values()]);
    expect(rows[0]?.values.map(({ value }) => value)).toEqual([true, null, true]);
    expect(rows[1]?.values.map(({ value }) => value)).toEqual(["only here", null, null]);
    const perms = (row: Row | undefined) => row?.values.map(({ value }) => (value as Route).queueDatas[0]?.perm);
    expect([perms(rows[2]), perms(rows[3]), perms(rows[4])]).toEqual([
      [6, 6, 4],
      [6, 4],
      [6, 6, 4],
    ]);

    for (const [index, [generation, address]] of [...addresses].entries()) {
      const route = (await routeThrough(generation, address, "nsd-gone")) as Route | null;
      expect(route?.queueDatas[0]?.perm ?? null).toBe([6, null, 4][index] ?? null);
      expect(await kvThrough(generation, address, "nsd/n", "k")).toBe(index === 0 ? "only here" : null);
    }
  });
});

interface Route {
  readonly queueDatas: readonly { readonly perm: number }[];
}
