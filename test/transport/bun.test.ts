import { connect, listen } from "../../src/transport/bun.ts";
import { certificates } from "../contract/certificates.ts";
import { startPeers } from "../contract/peers.ts";
import { register } from "../contract/register.ts";
import { runCase } from "../contract/runner.ts";
import { transport } from "../contract/transport.ts";

register("Bun", transport, {
  lacks: { "attempt-abort": "Bun cannot cancel an attempt, it ends when the kernel gives up" },
  async start() {
    const { peers, stop } = await startPeers();
    return { outcome: (one) => runCase(one, { connect, listen, certificates, peers }), stop };
  },
});
