import { expect, test } from "bun:test";
import { memoryNetwork } from "../../src/transport/memory.ts";
import { certificates } from "../contract/certificates.ts";
import { startMemory } from "../contract/memory-peers.ts";
import { register } from "../contract/register.ts";
import { runCase } from "../contract/runner.ts";
import { plain } from "../contract/transport.ts";

register("memory", plain, {
  lacks: {
    "host-names": "there are no hosts to look up in memory",
    unanswered: "a connection in memory is open at once",
  },
  async start() {
    const network = await startMemory();
    return { outcome: (one) => runCase(one, { ...network, certificates }), stop() {} };
  },
});

test("memory refuses TLS instead of leaving it out", async () => {
  const { connect, listen } = memoryNetwork();
  const { address } = await listen({ host: "broker-a", port: 0 }, () => {});
  await expect(connect(address, { tls: {} })).rejects.toMatchObject({ fault: "not-supported" });
});
