import { expect, test } from "bun:test";
import { startNameServer } from "../../src/nameserver/name-server.ts";
import { listen } from "../../src/transport/bun.ts";
import { startGatewayProcess } from "../support/gateway-process.ts";
import { broker, http } from "../support/http.ts";

/** Stands between a client and a server, and writes down what the client sends. Of Bun's own sockets, none of ours. */
async function tap(port: number) {
  const sent: string[] = [];
  type Pair = { other: Bun.Socket<Pair> | null; early: Buffer[] };
  const relay: Bun.SocketHandler<Pair> = {
    data(socket, bytes) {
      if (socket.data.other) socket.data.other.write(bytes);
      else socket.data.early.push(Buffer.from(bytes));
    },
    close: (socket) => void socket.data.other?.end(),
  };
  const server = Bun.listen<Pair>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      ...relay,
      async open(socket) {
        socket.data = { other: null, early: [] };
        const data: Pair = { other: socket, early: [] };
        const other = await Bun.connect<Pair>({ hostname: "127.0.0.1", port, data, socket: relay });
        for (const bytes of socket.data.early) other.write(bytes);
        socket.data.other = other;
      },
      data(socket, bytes) {
        sent.push(bytes.toString("hex"));
        relay.data?.(socket, bytes);
      },
    },
  });
  return { port: server.port, sent, [Symbol.dispose]: () => server.stop(true) };
}

const writes: readonly (readonly [method: string, path: string, body?: unknown])[] = [
  ["PUT", "/kv/n/%25k", { value: "值 😀" }],
  ["DELETE", "/kv/n/%25k"],
  ["POST", "/brokers/register", broker({ brokerName: "b2", brokerAddr: "127.0.0.1:10912", hold: false })],
  ["DELETE", "/brokers/b1/write-permission"],
  ["PUT", "/brokers/b1/write-permission"],
  ["DELETE", "/name-servers/-/topics/t"],
  ["POST", "/brokers/unregister", { clusterName: "c1", brokerName: "b9", brokerAddr: "h:9", brokerId: 0 }],
];

test("what a dry run shows is what a tap on the wire sees then, and a dry run sends nothing", async () => {
  const nameServer = await startNameServer({ listen, address: { host: "127.0.0.1", port: 0 } });
  using wire = await tap(nameServer.address.port);
  const gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: `127.0.0.1:${wire.port}` } });
  try {
    const topicConfigSerializeWrapper = {
      topicConfigTable: { t: {}, u: {} },
      dataVersion: { stateVersion: 0, timestamp: 1_700_000_000_123, counter: 1 },
    };
    await http(gateway.url, "/brokers/register", { method: "POST", body: broker({ topicConfigSerializeWrapper }) });
    await http(gateway.url, "/clusters");
    for (const [method, path, body] of writes) {
      const stated = path === "/brokers/register" ? { ...(body as object), topicConfigSerializeWrapper } : body;
      wire.sent.length = 0;
      const shown = await http(gateway.url, `${path}?dryRun=true`, { method, body: stated });
      expect({ path, status: shown.status, sent: wire.sent }).toEqual({ path, status: 200, sent: [] });
      await http(gateway.url, path, { method, body: stated });
      const [request] = shown.body.requests;
      expect({ path, isSeen: wire.sent.join("").includes(request.hex) }).toEqual({ path, isSeen: true });
    }
  } finally {
    await gateway.stop();
    await nameServer.close();
  }
});
