import { Unzlib, zlibSync } from "fflate";
import { concat } from "../bytes/concat.ts";
import { Fault, reasonOf } from "../errors.ts";

/** How much is fed at once: output is checked between pieces, so a bomb is stopped at most one piece late. */
const PIECE_BYTES = 16_384;

/** A zlib stream of the bytes. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return zlibSync(bytes);
}

/** What a zlib stream holds. Throws `undecodable` on a damaged one, or on one that holds more than `maxBytes`. */
export function inflate(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  const stream = new Unzlib((part, final) => {
    parts.push(part);
    length += part.length;
    ended = final;
  });
  try {
    for (let at = 0; at < bytes.length && length <= maxBytes; at += PIECE_BYTES) {
      stream.push(bytes.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= bytes.length);
    }
  } catch (cause) {
    throw new Fault("undecodable", `Cannot inflate body: ${reasonOf(cause)}`, { cause });
  }
  if (length > maxBytes) throw new Fault("undecodable", `Cannot inflate body: it holds more than ${maxBytes} bytes`);
  if (!ended) throw new Fault("undecodable", "Cannot inflate body: the stream is cut off");
  return parts.length === 0 ? new Uint8Array(0) : concat(parts);
}
