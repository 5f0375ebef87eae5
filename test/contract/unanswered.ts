import { dlopen, ptr } from "bun:ffi";
import { readFile } from "node:fs/promises";

const AF_INET = 2;
const SOCK_STREAM = 1;
const addressBytes = 16;

/**
 * A port of 127.0.0.1 where attempts to connect hang: a listener that never accepts, with a queue of one that is
 * full. Linux drops the SYN of everyone else. The sockets stay open until the process ends.
 */
export function unansweredPort(): number {
  const int = "i32";
  const { symbols: libc } = dlopen("libc.so.6", {
    socket: { args: [int, int, int], returns: int },
    bind: { args: [int, "ptr", int], returns: int },
    listen: { args: [int, int], returns: int },
    getsockname: { args: [int, "ptr", "ptr"], returns: int },
    connect: { args: [int, "ptr", int], returns: int },
  });
  const done = (result: number, what: string) => {
    if (result < 0) throw new Error(`Cannot make a port that does not answer: ${what} failed`);
    return result;
  };

  // struct sockaddr_in: family, port and address, the latter two in network order.
  const address = new Uint8Array(addressBytes);
  new Uint16Array(address.buffer)[0] = AF_INET;
  address.set([127, 0, 0, 1], 4);
  const size = Int32Array.of(addressBytes);

  const listener = done(libc.socket(AF_INET, SOCK_STREAM, 0), "socket");
  done(libc.bind(listener, ptr(address), addressBytes), "bind");
  done(libc.listen(listener, 0), "listen");
  done(libc.getsockname(listener, ptr(address), ptr(size)), "getsockname");
  const guest = done(libc.socket(AF_INET, SOCK_STREAM, 0), "socket");
  done(libc.connect(guest, ptr(address), addressBytes), "connect");
  return new DataView(address.buffer).getUint16(2);
}

/** How many sockets of this machine have sent a SYN to the port of 127.0.0.1 and got no answer. */
export async function attemptsAt(port: number): Promise<number> {
  // Each line: number, local and remote address as hex, state; 02 is SYN_SENT.
  const remote = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const lines = (await readFile("/proc/net/tcp", "utf8")).split("\n");
  return lines.filter((line) => line.includes(` ${remote} 02 `)).length;
}
