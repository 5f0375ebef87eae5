import { int32At, setInt32 } from "../bytes/int32.ts";
import { ipBytes, ipText } from "../bytes/ip.ts";
import { Fault } from "../errors.ts";

const IPV4_BYTES = 4;
const PORT_BYTES = 4;
const MAX_PORT = 65_535;

/** `host:port` of an IP address of 4 or 16 bytes and the 4 bytes of a port behind it; IPv6 in brackets. */
export function hostText(bytes: Uint8Array): string {
  const ipLength = bytes.length - PORT_BYTES;
  const ip = ipText(bytes.subarray(0, ipLength));
  return `${ipLength > IPV4_BYTES ? `[${ip}]` : ip}:${int32At(bytes, ipLength)}`;
}

/** The bytes of such a text. Throws `invalid-argument` for any other. */
export function hostBytes(address: string): Uint8Array {
  const [, sixth, host = sixth, port] = /^(?:\[([^\]]*:[^\]]*)\]|([^:]+)):([0-9]{1,5})$/.exec(address) ?? [];
  if (host === undefined || Number(port) > MAX_PORT) {
    throw new Fault(
      "invalid-argument",
      `Cannot read address "${address.slice(0, 64)}": it must be IP:port or [IPv6]:port`,
    );
  }
  const ip = ipBytes(host);
  const bytes = new Uint8Array(ip.length + PORT_BYTES);
  bytes.set(ip);
  setInt32(bytes, ip.length, Number(port));
  return bytes;
}
