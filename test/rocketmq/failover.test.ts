import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import type { Server } from "../../tools/rocketmq/server.ts";
import { startNameServer } from "../../tools/rocketmq/servers.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { broker, http } from "../support/http.ts";
import { until } from "../support/until.ts";

const KILLS = 5;
const READERS = 32;
/** Of both kinds before the next kill: reads that go through one name server, and through the other. */
const READS_BETWEEN = 500;
setDefaultTimeout(180_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;

describe.skipIf(!rig.available)(`two name servers of 5.5.0, one killed at a time${skipped}`, () => {
  let servers: Server[] = [];
  let gateway: GatewayProcess;

  beforeAll(async () => {
    servers = await Promise.all([startNameServer("5.5.0"), startNameServer("5.5.0")]);
    // Each read is one of its own: what fails isn't hidden behind another one.
    const settings = { NAMESRV_ADDR: servers.map(({ address }) => address).join(";"), SINGLE_FLIGHT: "false" };
    gateway = await startGatewayProcess({ settings });
    const topicConfigSerializeWrapper = { topicConfigTable: { failover: {}, other: {} } };
    const body = broker({ topicConfigSerializeWrapper });
    expect((await http(gateway.url, "/brokers/register", { method: "POST", body })).status).toBe(201);
  });
  afterAll(async () => {
    await gateway.kill9();
    await Promise.all(servers.map((server) => server.stop()));
  });

  test(`cost none of ${READERS} readers a read over ${KILLS} kills with -9`, async () => {
    let isReading = true;
    let reads = 0;
    const failed: unknown[] = [];
    const readers = Array.from({ length: READERS }, async () => {
      for (; isReading; reads++) {
        const { status, body } = await http(gateway.url, "/topics/failover/route");
        if (status !== 200 || body.brokerDatas.length !== 1) failed.push({ status, body });
      }
    });
    const more = (what: string) => {
      const wanted = reads + READS_BETWEEN;
      return until(`reads ${what}`, () => reads >= wanted, { withinMillis: 30_000 });
    };
    // The one that reads go to is killed: after each kill that is the other one.
    for (let kill = 0; kill < KILLS; kill++) {
      const victim = servers[kill % servers.length] as Server;
      await more(`before kill ${kill + 1}`);
      await victim.kill9();
      await more(`after kill ${kill + 1}`);
      await victim.restart();
      const question = { target: victim.address, name: "GET_ROUTEINTO_BY_TOPIC", extFields: { topic: "failover" } };
      const hasRoute = async () => {
        const { status, body } = await http(gateway.url, "/invoke", { method: "POST", body: question });
        return status === 200 && body.code === 0;
      };
      await until("the name server is back and has the route", hasRoute, { withinMillis: 30_000 });
    }
    isReading = false;
    await Promise.all(readers);
    expect(failed).toEqual([]);
    expect(reads).toBeGreaterThan(2 * KILLS * READS_BETWEEN);
  });
});
