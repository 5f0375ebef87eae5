import { sysFlags } from "../sys-flag.ts";
import { deflate } from "../zlib.ts";

/** A body as it is sent, and the bits of sysFlag that say how. */
export interface SentBody {
  readonly body: Uint8Array;
  readonly sysFlag: number;
}

/**
 * The body compressed where that makes it shorter: by zlib under the bit of old, which consumers of every generation
 * read. The bits for the kind of compression came with 4.9.3, and 0 there means zlib too.
 */
export function compressBody(body: Uint8Array): SentBody {
  const compressed = deflate(body);
  return compressed.length < body.length ? { body: compressed, sysFlag: sysFlags.compressed } : { body, sysFlag: 0 };
}
