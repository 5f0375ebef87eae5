import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { connect, listen } from "../../src/transport/bun.ts";
import type { MemoryNetwork } from "../../src/transport/memory.ts";
import { message, stored } from "../messages/fake-queues.ts";
import { brokerScript } from "../routes/broker-script.ts";
import { listen as listenTo } from "../support/events.ts";
import type { GatewayProcess } from "../support/gateway-process.ts";
import { broker, http } from "../support/http.ts";
import type { Handler } from "../support/scripted-connection.ts";
import { type ScriptedServer, startServer } from "../support/scripted-server.ts";
import { until } from "../support/until.ts";
import { runtimes } from "./runtimes.ts";

setDefaultTimeout(60_000);

// A script needs no more of a socket than all of them have.
const network = { connect, listen } as unknown as MemoryNetwork;
const isCi = process.env.CI === "true";
const MESSAGES = 4_000;
const PAGE = 4;
const body = "x".repeat(64_000);
/** What sockets and the gateway may hold of 256 MB, pages of 256 kB. */
const MOST_PULLS = 100;

/** A queue of very many messages. */
const endless: Handler = ({ extFields }) => {
  const offset = Number(extFields?.queueOffset);
  const messages = Array.from({ length: PAGE }, (_, at) => message({ queueOffset: offset + at, body }));
  const offsets = { minOffset: "0", maxOffset: String(MESSAGES), nextBeginOffset: String(offset + PAGE) };
  return offset < MESSAGES ? { body: stored(...messages), extFields: offsets } : null;
};

for (const { name, missing, start } of runtimes) {
  const title = missing === undefined ? name : `${name} (skipped: ${missing})`;
  describe.skipIf(missing !== undefined && !isCi)(`the messages of a topic, streamed on ${title}`, () => {
    let gateway: GatewayProcess;
    let server: ScriptedServer;

    beforeAll(async () => {
      gateway = await start({ LOG: "off" });
      const handlers = { ...brokerScript, 11: endless, 31: () => ({ extFields: { offset: "0" } }) };
      server = await startServer(network, { host: "127.0.0.1", handlers });
      const topicConfigTable = { t: { readQueueNums: 1, writeQueueNums: 1 } };
      const topicConfigSerializeWrapper = { topicConfigTable };
      const input = broker({ brokerAddr: server.name, topicConfigSerializeWrapper });
      await http(gateway.url, "/brokers/register", { method: "POST", body: input });
    });
    afterAll(async () => {
      await gateway.kill9();
      await server.stop();
    });

    const pulls = () => server.requests(11).length;
    const path = "/topics/t/stream?from=earliest";

    test("come one by one, and their connection is closed when the reader goes", async () => {
      const events = listenTo(await fetch(`${gateway.url}${path}`));
      for (let offset = 0; offset < 20; offset++) {
        expect(await events.next()).toMatchObject({ id: `0;b1:${offset + 1}`, data: { queueOffset: offset, body } });
      }
      const { openCount } = server;
      await events.close();
      await until("it is closed", () => server.openCount < openCount);
    });

    test("are pulled no faster than they are read", async () => {
      const socket = await connect({ host: "127.0.0.1", port: Number(new URL(gateway.url).port) });
      const before = pulls();
      await socket.write(new TextEncoder().encode(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`));
      let last = { count: 0, at: performance.now() };
      await until("no more of them are pulled", () => {
        const count = pulls() - before;
        if (count !== last.count) last = { count, at: performance.now() };
        return count > 1 && performance.now() - last.at > 500;
      });
      expect(last.count).toBeLessThan(MOST_PULLS);
      let bytes = 0;
      for await (const chunk of socket.chunks) {
        bytes += chunk.length;
        if (bytes > 2 * MOST_PULLS * PAGE * body.length) break;
      }
      expect(pulls() - before).toBeGreaterThan(MOST_PULLS);
      socket.close();
    });
  });
}
