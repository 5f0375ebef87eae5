import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { connect, listen } from "../../src/transport/bun.ts";
import type { MemoryNetwork } from "../../src/transport/memory.ts";
import type { Socket } from "../../src/transport/socket.ts";
import { brokerScript } from "../routes/broker-script.ts";
import { stores } from "../routes/send-script.ts";
import type { GatewayProcess } from "../support/gateway-process.ts";
import { broker, http } from "../support/http.ts";
import { type ScriptedServer, startServer } from "../support/scripted-server.ts";
import { gated } from "../support/scripts.ts";
import { until } from "../support/until.ts";
import { runtimes, startWorker, workerdMissing } from "./runtimes.ts";

setDefaultTimeout(60_000);

// A script needs no more of a socket than all of them have.
const network = { connect, listen } as unknown as MemoryNetwork;
const isCi = process.env.CI === "true";
const AT_ONCE = 64;
const LINE_BYTES = 100_000;
const POURED_BYTES = 200_000_000;
/** Who takes nothing for so long waits for something. */
const STALLED_MILLIS = 500;

for (const { name, missing, start } of runtimes) {
  const title = missing === undefined ? name : `${name} (skipped: ${missing})`;
  describe.skipIf(missing !== undefined && !isCi)(`messages line by line on ${title}`, () => {
    let gateway: GatewayProcess;
    let server: ScriptedServer;

    beforeAll(async () => {
      gateway = await start({ LOG: "off" });
      server = await startServer(network, { host: "127.0.0.1", handlers: brokerScript });
      const topicConfigSerializeWrapper = { topicConfigTable: { t: {} } };
      const body = broker({ brokerAddr: server.name, topicConfigSerializeWrapper });
      await http(gateway.url, "/brokers/register", { method: "POST", body });
    });
    afterAll(async () => {
      await gateway.kill9();
      await server.stop();
    });

    /** Begins a request whose body has no end yet. */
    async function begin() {
      const socket = await connect({ host: "127.0.0.1", port: Number(new URL(gateway.url).port) });
      const head = "content-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\nconnection: close";
      await socket.write(bytes(`POST /topics/t/messages HTTP/1.1\r\nhost: localhost\r\n${head}\r\n\r\n`));
      return { socket, answer: textOf(socket) };
    }

    const line = (body: string) => {
      const text = `${JSON.stringify({ body })}\n`;
      return bytes(`${text.length.toString(16)}\r\n${text}\r\n`);
    };

    test("are answered one by one, while more are to come", async () => {
      const { socket, answer } = await begin();
      for (const count of [1, 2, 3]) {
        await socket.write(line(`m${count}`));
        await until(`${count} receipts`, () => answer.text.split('"sendStatus":"SEND_OK"').length === count + 1);
      }
      await socket.write(bytes("0\r\n\r\n"));
      await until("the answer ends", () => answer.text.endsWith("0\r\n\r\n"));
      expect(answer.text).toMatch(/^HTTP\/1.1 200 /);
      expect(answer.text.toLowerCase()).toContain("content-type: application/x-ndjson");
      socket.close();
    });

    test("make nothing pile up in front of a broker that is slow", async () => {
      const gate = gated(stores());
      server.handlers[310] = gate.handler;
      const before = residentBytes(gateway.pid);
      const { socket } = await begin();
      let poured = 0;
      const pouring = (async () => {
        const chunk = line("x".repeat(LINE_BYTES));
        while (poured < POURED_BYTES) {
          await socket.write(chunk);
          poured += chunk.length;
        }
      })().catch(() => {});
      await until("it has as many as it may", () => gate.waiting >= AT_ONCE);
      let last = { poured: -1, since: 0 };
      await until("nothing more is taken", () => {
        if (poured !== last.poured) last = { poured, since: performance.now() };
        return poured >= POURED_BYTES || performance.now() - last.since > STALLED_MILLIS;
      });
      // Another request goes its way meanwhile.
      expect((await http(gateway.url, "/topics/t/route")).status).toBe(200);
      const grown = () => residentBytes(gateway.pid) - before;
      expect({ waiting: gate.waiting, poured: poured < POURED_BYTES, grown: grown() < POURED_BYTES / 2 }).toEqual({
        waiting: AT_ONCE,
        poured: true,
        grown: true,
      });
      socket.close();
      gate.open();
      await pouring;
      server.handlers[310] = stores();
      await until("it serves the next", async () => {
        return (await http(gateway.url, "/topics/t/messages", { method: "POST", body: { body: "x" } })).status === 200;
      });
    });
  });
}

const why = workerdMissing === undefined ? "" : ` (skipped: ${workerdMissing})`;

test.skipIf(workerdMissing !== undefined && !isCi)(`messages line by line on workerd${why}`, async () => {
  const [bun] = runtimes;
  if (bun === undefined) throw new Error("Cannot find Bun among the runtimes");
  const gateway = await bun.start({ LOG: "off" });
  const server = await startServer(network, { host: "127.0.0.1", handlers: brokerScript });
  const worker = await startWorker({ NAMESRV_ADDR: gateway.nameServers[0] ?? "", INSECURE: "true" });
  try {
    const body = broker({ brokerAddr: server.name, topicConfigSerializeWrapper: { topicConfigTable: { t: {} } } });
    await http(gateway.url, "/brokers/register", { method: "POST", body });
    const lines = Array.from({ length: 200 }, (_, index) => JSON.stringify({ body: `m${index}` }));
    const send = (headers: Record<string, string>, text: string) =>
      http(worker.url, "/topics/t/messages", { method: "POST", body: text, headers });
    const { status, text } = await send({ "content-type": "application/x-ndjson" }, lines.join("\n"));
    expect({ status, sent: text.split('"sendStatus":"SEND_OK"').length - 1 }).toEqual({ status: 200, sent: 200 });
    expect(server.requests(310)).toHaveLength(200);
    // What is known ends with its request.
    expect((await send({ "idempotency-key": "k" }, '{"body":"x"}')).status).toBe(501);
    expect((await send({}, '[{"body":"x"},{"body":"y"}]')).body.data).toHaveLength(2);
  } finally {
    await worker.stop();
    await gateway.kill9();
    await server.stop();
  }
});

const bytes = (text: string) => new TextEncoder().encode(text);

/** What a socket has said so far. */
function textOf({ chunks }: Socket): { readonly text: string } {
  const heard = { text: "" };
  (async () => {
    for await (const chunk of chunks) heard.text += new TextDecoder().decode(chunk);
  })().catch(() => {});
  return heard;
}

/** Memory that a process has in RAM. */
function residentBytes(pid: number): number {
  const { stdout } = Bun.spawnSync(["ps", "-o", "rss=", "-p", String(pid)]);
  return Number(stdout.toString().trim()) * 1_024;
}
