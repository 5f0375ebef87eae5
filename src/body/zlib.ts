import { Unzlib, zlibSync } from "fflate";
import { adler32 } from "../bytes/adler32.ts";
import { concat } from "../bytes/concat.ts";
import { Fault, reasonOf } from "../errors.ts";

/** How much is fed at once: output is checked between pieces, so a bomb is stopped at most one piece late. */
const PIECE_BYTES = 16_384;
const TRAILER_BYTES = 4;

/** A zlib stream (RFC 1950) of the bytes. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return zlibSync(bytes);
}

/**
 * What a zlib stream holds. Throws `undecodable` on one that is damaged, cut off or followed by anything, or that holds
 * more than `maxBytes`. Memory stays within twice `maxBytes` and the output of one piece, time grows with the input.
 */
export function inflate(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new Unzlib((part) => {
    parts.push(part);
    length += part.length;
  });
  try {
    for (let at = 0; at < bytes.length && length <= maxBytes; at += PIECE_BYTES) {
      stream.push(bytes.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= bytes.length);
    }
  } catch (cause) {
    throw new Fault("undecodable", `Cannot inflate body: ${reasonOf(cause)}`, { cause });
  }
  if (length > maxBytes) throw new Fault("undecodable", `Cannot inflate body: it holds more than ${maxBytes} bytes`);
  const inflated = concat(parts);
  // fflate doesn't look at the checksum, which also tells a stream that ends between two blocks.
  if (adler32(inflated) !== checksumOf(bytes)) {
    throw new Fault("undecodable", "Cannot inflate body: its checksum doesn't match");
  }
  return inflated;
}

/** The last four bytes; undefined of fewer. */
function checksumOf(bytes: Uint8Array): number | undefined {
  const at = bytes.length - TRAILER_BYTES;
  return at < 0 ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
}
