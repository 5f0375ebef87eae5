import type { Socket } from "./socket.ts";

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
