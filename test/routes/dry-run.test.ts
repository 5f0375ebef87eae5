import { expect, test } from "bun:test";
import { toHex } from "../../src/bytes/hex.ts";
import { startNameServer } from "../../src/nameserver/name-server.ts";
import { createGateway } from "../../src/runtime/gateway.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import type { Connect } from "../../src/transport/socket.ts";
import { frameCutter } from "../../src/wire/frame-cutter.ts";
import { answerOf, broker, type HttpInit, requestOf } from "../support/http.ts";

const address = { host: "ns", port: 9_876 };
const dataVersion = { stateVersion: 0, timestamp: 1_700_000_000_123, counter: 7 };

/** A gateway before an embedded name server, and every frame that it has sent, in hexadecimal. */
async function captured() {
  const { connect, listen } = memoryNetwork();
  const nameServer = await startNameServer({ listen, address });
  const sent: string[] = [];
  const capturing: Connect = async (...args) => {
    const socket = await connect(...args);
    const cutter = frameCutter(16_777_216);
    const write = (bytes: Uint8Array) => {
      for (const frame of cutter.push(bytes)) {
        const length = new Uint8Array(4);
        new DataView(length.buffer).setInt32(0, frame.length);
        sent.push(toHex(length) + toHex(frame));
      }
      return socket.write(bytes);
    };
    return { remote: socket.remote, chunks: socket.chunks, write, close: socket.close, closed: socket.closed };
  };
  const gateway = createGateway({ connect: capturing, nameServers: [address] });
  const ask = async (method: string, path: string, init: HttpInit = {}) =>
    answerOf(await gateway.fetch(requestOf("http://localhost", path, { ...init, method })));
  return {
    ask,
    sent,
    async [Symbol.asyncDispose]() {
      await gateway.close();
      await nameServer.close();
    },
  };
}

const registration = (topicConfigTable: object) => ({ topicConfigSerializeWrapper: { topicConfigTable, dataVersion } });

for (const [what, method, path, body] of [
  ["a key", "PUT", "/kv/n/k", { value: "值" }],
  ["the end of a key", "DELETE", "/kv/n/k", undefined],
  [
    "a registration",
    "POST",
    "/brokers/register",
    broker({ brokerName: "b2", brokerAddr: "h:2", ...registration({ t: {} }) }),
  ],
  [
    "a compressed registration",
    "POST",
    "/brokers/register",
    broker({ brokerName: "b3", brokerAddr: "h:3", compressed: true, ...registration({ t: {} }) }),
  ],
  ["a change", "PUT", "/brokers/registrations/c1~b1~0", registration({ a: {}, b: { perm: 4 } })],
  ["the end of a registration", "DELETE", "/brokers/registrations/c1~b1~0", undefined],
  [
    "the end of a broker",
    "POST",
    "/brokers/unregister",
    { clusterName: "c1", brokerName: "b9", brokerAddr: "h:9", brokerId: 0 },
  ],
] as const) {
  test(`shows ${what} byte for byte as it is sent then, and sends nothing`, async () => {
    await using rig = await captured();
    await rig.ask("GET", "/clusters");
    await rig.ask("POST", "/brokers/register", { body: broker() });
    rig.sent.length = 0;
    const shown = await rig.ask(method, `${path}?dryRun=true`, { body });
    expect({ status: shown.status, sent: rig.sent }).toEqual({ status: 200, sent: [] });
    await rig.ask(method, path, { body });
    expect(rig.sent).toContain(shown.body.requests[0].hex);
  });
}

test("shows a first request of all", async () => {
  await using rig = await captured();
  const shown = await rig.ask("PUT", "/kv/n/k?dryRun=true", { body: { value: "v" } });
  expect(shown.body.requests[0].versionKnown).toBe(false);
  await rig.ask("PUT", "/kv/n/k", { body: { value: "v" } });
  expect(rig.sent).toEqual([shown.body.requests[0].hex]);
});
