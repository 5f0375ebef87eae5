import { fromHex, toHex } from "../bytes/hex.ts";
import { int64At, setInt64 } from "../bytes/int64.ts";
import { Fault } from "../errors.ts";
import type { Int64 } from "../json/value.ts";
import { hostBytes, hostText } from "./message-host.ts";

/** Where a message is: the broker that stored it, and the place in its commit log. */
export interface MessageAddress {
  /** `host:port`, an IPv6 host in brackets. */
  readonly address: string;
  /** Bytes from the beginning of the commit log. */
  readonly commitLogOffset: Int64;
}

/** The form of an id, for schemas: with an IPv4 address or an IPv6 one, in upper case as brokers write it or not. */
export const OFFSET_MSG_ID = "^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{56})$";

const OFFSET_BYTES = 8;

/** The id of a message by its place: IP address (4 or 16 bytes), port (4), offset (8), in hex (MessageDecoder.createMessageId). */
export function offsetMsgId({ address, commitLogOffset }: MessageAddress): string {
  const offset = new Uint8Array(OFFSET_BYTES);
  setInt64(offset, 0, commitLogOffset);
  return (toHex(hostBytes(address)) + toHex(offset)).toUpperCase();
}

/** The place that an id states. Throws `invalid-argument` for a text that is no such id. */
export function parseOffsetMsgId(id: string): MessageAddress {
  if (!new RegExp(OFFSET_MSG_ID).test(id)) {
    throw new Fault(
      "invalid-argument",
      `Cannot read message id "${id.slice(0, 64)}": it must be 32 or 56 hexadecimal digits`,
    );
  }
  const bytes = fromHex(id);
  const hostEnd = bytes.length - OFFSET_BYTES;
  return { address: hostText(bytes.subarray(0, hostEnd)), commitLogOffset: int64At(bytes, hostEnd) };
}
