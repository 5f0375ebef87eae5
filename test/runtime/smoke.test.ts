import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { startNameServer } from "../../src/nameserver/name-server.ts";
import { formatAddress } from "../../src/transport/address.ts";
import { listen } from "../../src/transport/bun.ts";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { sharedNameServer } from "../../tools/rocketmq/shared.ts";
import type { GatewayProcess } from "../support/gateway-process.ts";
import { broker, http } from "../support/http.ts";
import { until } from "../support/until.ts";
import { runtimes, startWorker, type Worker, workerdMissing } from "./runtimes.ts";

setDefaultTimeout(120_000);

const isCi = process.env.CI === "true";
const rig = realRocketmq();

/** Under CI a runtime that isn't there fails; elsewhere it is skipped, and its name says why. */
function runnable(name: string, missing: string | undefined) {
  return {
    title: missing === undefined ? name : `${name} (skipped: ${missing})`,
    skipped: missing !== undefined && !isCi,
  };
}

async function registerReadAndDelete(url: string, tag: string): Promise<void> {
  const topicConfigSerializeWrapper = { topicConfigTable: { [`${tag}-topic`]: { readQueueNums: 5 } } };
  const body = broker({ clusterName: `${tag}-c`, brokerName: `${tag}-b`, topicConfigSerializeWrapper });
  const registered = await http(url, "/brokers/register", { method: "POST", body });
  expect(registered).toMatchObject({ status: 201, body: { held: true, results: [{ ok: true }] } });
  const route = await http(url, `/topics/${tag}-topic/route`);
  expect(route).toMatchObject({ status: 200, body: { queueDatas: [{ brokerName: `${tag}-b`, readQueueNums: 5 }] } });
  expect((await http(url, `/clusters/${tag}-c`)).body.brokerNames).toEqual([`${tag}-b`]);
  await readAndWriteKv(url, tag);
  const path = registered.headers.get("location") ?? "";
  expect((await http(url, path, { method: "DELETE" })).status).toBe(200);
  const isGone = async () => (await http(url, `/topics/${tag}-topic/route`)).status === 404;
  await until("the route is gone", isGone, { withinMillis: 2_000 });
}

async function readAndWriteKv(url: string, tag: string): Promise<void> {
  const path = `/kv/${tag}/%25a%2Fb`;
  expect((await http(url, path, { method: "PUT", body: { value: "值 😀" } })).status).toBe(200);
  const text = await http(url, path, { headers: { accept: "text/plain" } });
  expect(text).toMatchObject({ status: 200, text: "值 😀" });
  expect((await http(url, `/kv/${tag}`)).body).toEqual({ table: { "%a/b": "值 😀" } });
  expect((await http(url, path, { method: "DELETE" })).status).toBe(200);
  expect((await http(url, path)).status).toBe(404);
}

for (const { name, missing, start } of runtimes) {
  const { title, skipped } = runnable(name, missing);
  describe.skipIf(skipped)(`the gateway on ${title}`, () => {
    let gateway: GatewayProcess;
    beforeAll(async () => {
      gateway = await start({});
    });
    afterAll(() => gateway.kill9());

    test("starts with a name server of its own, and registers, reads and deletes", async () => {
      expect(gateway.nameServers).toHaveLength(1);
      await registerReadAndDelete(gateway.url, "smoke");
      expect((await http(gateway.url, "/version")).body.runtime).toMatch(new RegExp(`^${name.split(".")[0]} \\d`, "i"));
    });

    test("counts and logs what it is asked", async () => {
      await http(gateway.url, "/kv/counted/none");
      const { text } = await http(gateway.url, "/metrics");
      expect(text).toMatch(/http_requests_total\{method="GET",route="\/kv\/{namespace}\/{key}",status="404"\} \d/);
      expect(text).toMatch(/upstream_calls_total\{command="GET_KV_CONFIG",target="name-server",outcome="\w+"\} \d/);
      // A runtime may say something of its own beside the gateway's lines.
      const whole = () => gateway.output().split("\n").slice(0, -1);
      const lines = () => whole().filter((line) => line.startsWith("{"));
      await until("the last request is logged", () => lines().some((line) => line.includes('"/metrics"')));
      const entries = lines().map((line) => JSON.parse(line));
      expect(entries).toContainEqual(expect.objectContaining({ method: "GET", path: "/kv/counted/none", status: 404 }));
    });

    test("refuses bad input", async () => {
      const bad = await http(gateway.url, "/brokers/register", { method: "POST", body: broker({ brokerId: "x" }) });
      expect(bad).toMatchObject({ status: 422, body: { errors: [{ pointer: "/brokerId" }] } });
      const huge = await http(gateway.url, "/kv/n/k", { method: "PUT", body: { value: "x".repeat(17 * 1024 * 1024) } });
      expect(huge.status).toBe(413);
    });

    test.skipIf(!rig.available)("does the same before a real name server", async () => {
      const settings = { NAMESRV_ADDR: (await sharedNameServer("5.5.0")).address };
      const other = await start(settings);
      await registerReadAndDelete(other.url, `smoke-${name.toLowerCase().replace(".", "")}`);
      expect(await other.stop()).toBe(0);
    });

    test("unregisters and ends on SIGTERM", async () => {
      const nameServer = await startNameServer({ listen, address: { host: "127.0.0.1", port: 0 } });
      const other = await start({ NAMESRV_ADDR: formatAddress(nameServer.address) });
      await http(other.url, "/brokers/register", { method: "POST", body: broker() });
      expect(nameServer.stats.brokers).toBe(1);
      expect(await other.stop()).toBe(0);
      expect(nameServer.stats.brokers).toBe(0);
      await nameServer.close();
    });
  });
}

const { title, skipped } = runnable("workerd", workerdMissing);
describe.skipIf(skipped)(`the gateway on ${title}`, () => {
  let worker: Worker;
  const servers: { close(): Promise<void> }[] = [];

  async function before(address: string): Promise<string> {
    worker = await startWorker({ NAMESRV_ADDR: address, INSECURE: "true" });
    return worker.url;
  }
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  async function routeAndKv(url: string): Promise<void> {
    expect(await http(url, "/topics/no-such-topic/route")).toMatchObject({ status: 404, body: { code: 17 } });
    await readAndWriteKv(url, "smoke-workerd");
    const refused = await http(url, "/brokers/register", { method: "POST", body: broker() });
    expect(refused.status).toBe(501);
    expect(refused.body.hint).toContain("Bun, Deno or Node.js");
  }

  test("reads routes and KV, and answers 501 to a registration", async () => {
    const nameServer = await startNameServer({ listen, address: { host: "127.0.0.1", port: 0 } });
    servers.push(nameServer);
    const url = await before(formatAddress(nameServer.address));
    await routeAndKv(url);
    const { text } = await http(url, "/metrics");
    // Of earlier requests, whose clients are gone.
    expect(text).toContain('http_requests_total{method="GET",route="/topics/{topic}/route",status="404"} 1');
    expect(text).toContain('upstream_calls_total{command="PUT_KV_CONFIG",target="name-server",outcome="ok"} 1');
    await worker.stop();
  });

  test.skipIf(!rig.available)("does the same before a real name server", async () => {
    const url = await before((await sharedNameServer("5.5.0")).address);
    await routeAndKv(url);
    await worker.stop();
  });

  test("serves nobody without tokens", async () => {
    worker = await startWorker({ NAMESRV_ADDR: "127.0.0.1:9" });
    expect(await http(worker.url, "/kv/a/b")).toMatchObject({ status: 503 });
    await worker.stop();
  });
});
