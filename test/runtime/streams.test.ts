import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { connect, listen } from "../../src/transport/bun.ts";
import type { MemoryNetwork } from "../../src/transport/memory.ts";
import { brokerScript } from "../routes/broker-script.ts";
import { listen as listenTo } from "../support/events.ts";
import type { GatewayProcess } from "../support/gateway-process.ts";
import { broker, http } from "../support/http.ts";
import { type ScriptedServer, startServer } from "../support/scripted-server.ts";
import { until } from "../support/until.ts";
import { runtimes } from "./runtimes.ts";

setDefaultTimeout(60_000);

// A script needs no more of a socket than all of them have.
const network = { connect, listen } as unknown as MemoryNetwork;
const isCi = process.env.CI === "true";
const ONE_WAY = 2;
const EVENTS = 600;
const EVENT_BYTES = 100_000;

for (const { name, missing, start } of runtimes) {
  const title = missing === undefined ? name : `${name} (skipped: ${missing})`;
  describe.skipIf(missing !== undefined && !isCi)(`streams on ${title}`, () => {
    let gateway: GatewayProcess;
    let server: ScriptedServer;
    let session: string;

    beforeAll(async () => {
      gateway = await start({ LOG: "off" });
      server = await startServer(network, { host: "127.0.0.1", handlers: brokerScript });
      const topicConfigSerializeWrapper = { topicConfigTable: { t: {} } };
      const body = broker({ brokerAddr: server.name, topicConfigSerializeWrapper });
      await http(gateway.url, "/brokers/register", { method: "POST", body });
      const opened = await http(gateway.url, "/sessions", { method: "POST", body: { producerGroups: ["p"] } });
      session = opened.headers.get("location") ?? "";
    });
    afterAll(async () => {
      await gateway.kill9();
      await server.stop();
    });

    function tell(body: Uint8Array | null = null): void {
      const sender = { language: "JAVA", version: 513, remark: null, opaque: 1, extFields: {} };
      server.connections.at(-1)?.command({ ...sender, code: 39, flag: ONE_WAY, body });
    }

    const listeners = async () => (await http(gateway.url, session)).body.listeners;

    test("begin at once, go on, and are let go of when their reader goes", async () => {
      const events = listenTo(await fetch(`${gateway.url}${session}/events`));
      expect(events.status).toBe(200);
      tell();
      expect(await events.next()).toMatchObject({ event: "transaction-check", id: "1" });
      expect(events.comments).toBe(1);
      expect(await listeners()).toBe(1);
      await events.close();
      await until("nobody listens", async () => (await listeners()) === 0);
    });

    test("make nothing pile up behind a reader that doesn't read", async () => {
      const socket = await connect({ host: "127.0.0.1", port: Number(new URL(gateway.url).port) });
      const request = `GET ${session}/events HTTP/1.1\r\nhost: localhost\r\n\r\n`;
      await socket.write(new TextEncoder().encode(request));
      await until("it listens", async () => (await listeners()) === 1);
      for (let count = 0; count < EVENTS; count++) tell(new Uint8Array(EVENT_BYTES));
      // A request that comes behind all of them over the same connection.
      const renewed = await http(gateway.url, `${session}/heartbeat`, { method: "PUT" });
      expect(renewed.status).toBe(200);
      await until("the last one has arrived", async () => {
        const answer = await http(gateway.url, `${session}/replies/${EVENTS + 1}`, { method: "POST", body: {} });
        return answer.status === 409;
      });
      let text = "";
      for await (const chunk of socket.chunks) {
        text = text.slice(-100) + new TextDecoder().decode(chunk);
        if (text.includes("event: gap")) break;
      }
      socket.close();
      expect(text).toContain("event: gap");
      await until("nobody listens", async () => (await listeners()) === 0);
    });

    test("end in order when the gateway does", async () => {
      const events = listenTo(await fetch(`${gateway.url}${session}/events`));
      const stopping = performance.now();
      const exited = gateway.stop();
      expect(await events.next("expired")).toMatchObject({ data: { reason: "stopping" } });
      expect(await events.next()).toBeUndefined();
      expect(await exited).toBe(0);
      expect(performance.now() - stopping).toBeLessThan(4_000);
      expect(server.requests(35)).toHaveLength(1);
    });
  });
}
