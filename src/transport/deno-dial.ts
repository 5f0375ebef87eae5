import { Fault } from "../errors.ts";
import { formatAddress } from "./address.ts";
import { connectFault, tlsFault } from "./faults.ts";
import type { Address, TlsOptions } from "./socket.ts";

/** Gets every connection of an attempt as soon as there is one. */
export type Hold = <C extends Deno.Conn>(conn: C) => C;

/** A plain connection. */
export async function dial({ host: hostname, port }: Address, hold: Hold, signal?: AbortSignal): Promise<Deno.TcpConn> {
  try {
    const conn = hold(await Deno.connect({ hostname, port, signal }));
    conn.setNoDelay(true);
    return conn;
  } catch (error) {
    throw connectFault({ host: hostname, port }, error);
  }
}

async function start(address: Address, tls: TlsOptions, hold: Hold, signal?: AbortSignal): Promise<Deno.TlsConn> {
  const { host: hostname, port } = address;
  const { ca, cert, key, serverName = hostname } = tls;
  const caCerts = ca ? [ca] : [];
  if (cert === undefined || key === undefined) {
    return Deno.startTls(await dial(address, hold, signal), { hostname: serverName, caCerts });
  }
  if (serverName !== hostname) {
    const why = "Deno has no server name together with a client certificate";
    throw new Fault("not-supported", `Cannot connect to ${formatAddress(address)}: ${why}`);
  }
  try {
    return await Deno.connectTls({ hostname, port, caCerts, cert, key });
  } catch (error) {
    // The handshake is still to come: only the certificate and the key can have been wrong, and TCP.
    const fault = error instanceof Error && error.name === "InvalidData" ? tlsFault : connectFault;
    throw fault(address, error);
  }
}

/** A connection whose TLS handshake is done. */
export async function secure(address: Address, tls: TlsOptions, hold: Hold, signal?: AbortSignal): Promise<Deno.Conn> {
  try {
    const conn = hold(await start(address, tls, hold, signal));
    await conn.handshake();
    return conn;
  } catch (error) {
    throw error instanceof Fault ? error : tlsFault(address, error);
  }
}
