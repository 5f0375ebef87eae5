import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames } from "../../tools/rocketmq/generations.ts";
import type { Server } from "../../tools/rocketmq/server.ts";
import { startNameServer } from "../../tools/rocketmq/servers.ts";
import { clusterRows } from "../rocketmq/support/read-back.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { broker, http } from "../support/http.ts";
import { until } from "../support/until.ts";

const BROKERS = 200;
const KILLS = 10;
const READERS = 16;
setDefaultTimeout(900_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;

// What the suites of a usual run show once, here with many brokers and many times.
describe.skipIf(!rig.available).each([...generationNames])(
  `two name servers of %s, killed in turn${skipped}`,
  (generation) => {
    let servers: Server[] = [];
    let gateway: GatewayProcess;

    beforeAll(async () => {
      servers = await Promise.all([startNameServer(generation), startNameServer(generation)]);
      const NAMESRV_ADDR = servers.map(({ address }) => address).join(";");
      gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR } });
    });
    afterAll(async () => {
      await gateway.kill9();
      await Promise.all(servers.map((server) => server.stop()));
    });

    test(`lose none of ${BROKERS} brokers over ${KILLS} kills, and no read fails`, async () => {
      const names = Array.from({ length: BROKERS }, (_, index) => `long-b${index}`);
      for (const [index, brokerName] of names.entries()) {
        const body = broker({ clusterName: "long-c", brokerName, brokerAddr: `127.0.0.1:${23_000 + index}` });
        expect((await http(gateway.url, "/brokers/register", { method: "POST", body })).status).toBe(201);
      }
      const isWhole = async (server: Server) => {
        const rows = await clusterRows(generation, server.address);
        return names.every((name) => rows.some(([, brokerName]) => brokerName === name));
      };

      let isReading = true;
      const failed: number[] = [];
      let reads = 0;
      const readers = Array.from({ length: READERS }, async () => {
        for (; isReading; reads++) {
          const { status } = await http(gateway.url, "/clusters");
          if (status !== 200) failed.push(status);
        }
      });
      for (let kill = 0; kill < KILLS; kill++) {
        const victim = servers[kill % servers.length] as Server;
        await victim.kill9();
        await victim.restart();
        await until(`all are back after kill ${kill + 1}`, () => isWhole(victim), { withinMillis: 60_000 });
      }
      isReading = false;
      await Promise.all(readers);
      expect({ failed, hasRead: reads > 1_000 }).toEqual({ failed: [], hasRead: true });
    });
  },
);
