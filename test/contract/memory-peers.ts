import { memoryNetwork } from "../../src/transport/memory.ts";
import type { MemorySocket } from "../../src/transport/memory-socket.ts";
import { board, obey } from "./scripts.ts";
import type { Peers, Subject } from "./subject.ts";

const host = "127.0.0.1";

/** A network in memory with the peers that it can have. */
export async function startMemory(): Promise<Omit<Subject, "certificates">> {
  const { connect, listen } = memoryNetwork();
  const shared = board(async () => 0);
  const start = async (talk: (socket: MemorySocket) => unknown) => (await listen({ host, port: 0 }, talk)).address;
  const peers: Peers = {
    tcp: await start((socket) => obey(socket, shared)),
    tcp6: (await listen({ host: "::1", port: 0 }, (socket) => obey(socket, shared))).address,
    refused: { host, port: 1 },
    unknownHost: { host: "no-such-host.invalid", port: 9876 },
    silent: await start(() => {}),
    greeter: await start(() => {}),
  };
  return { connect, listen, peers };
}
