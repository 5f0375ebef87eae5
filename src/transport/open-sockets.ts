import { formatAddress } from "./address.ts";
import type { Socket } from "./socket.ts";

/** How an accepted peer is called. IPv4 reads the same when it came in through an IPv6 listener. */
export function peerName(host: string, port: number): string {
  return formatAddress({ host: host.replace(/^::ffff:(?=\d+\.)/i, ""), port });
}

/** The connections that a listener has accepted and that are still there. */
export function openSockets() {
  const open = new Set<Socket>();
  return {
    add(socket: Socket): void {
      open.add(socket);
      void socket.closed.then(() => open.delete(socket));
    },
    closeAll(): void {
      for (const socket of open) socket.close();
    },
  };
}
