import { Fault } from "../errors.ts";
import { formatAddress } from "./address.ts";
import { connectFault, listenFault } from "./faults.ts";
import { type MemorySocket, memoryPair } from "./memory-socket.ts";
import { openSockets } from "./open-sockets.ts";
import type { Address, Connect, Listener } from "./socket.ts";

/** Where the ports begin that are given to those who asked for 0. */
const firstFreePort = 49152;

export interface MemoryNetwork {
  readonly connect: Connect;
  readonly listen: (address: Address, onSocket: (socket: MemorySocket) => void) => Promise<Listener>;
}

/** A network of its own, in memory: addresses are only names in it, and it has no TLS. */
export function memoryNetwork(): MemoryNetwork {
  const listeners = new Map<string, (socket: MemorySocket) => void>();
  let nextPort = firstFreePort;

  const connect: Connect = async (address, { signal, tls } = {}) => {
    signal?.throwIfAborted();
    const server = formatAddress(address);
    if (tls) throw new Fault("not-supported", `Cannot connect to ${server}: the memory network has no TLS`);
    const accept = listeners.get(server);
    if (!accept) throw connectFault(address, new Error("connection refused"));
    const [client, accepted] = memoryPair(formatAddress({ host: address.host, port: nextPort++ }), server);
    accept(accepted);
    return client;
  };

  const listen: MemoryNetwork["listen"] = async ({ host, port: asked }, onSocket) => {
    const address = { host, port: asked || nextPort++ };
    const name = formatAddress(address);
    if (listeners.has(name)) throw listenFault(address, new Error("address already in use"));
    const open = openSockets();
    const accept = (accepted: MemorySocket) => {
      open.add(accepted);
      onSocket(accepted);
    };
    listeners.set(name, accept);
    const close = async () => {
      if (listeners.get(name) === accept) listeners.delete(name);
      open.closeAll();
    };
    return { address, close };
  };

  return { connect, listen };
}
