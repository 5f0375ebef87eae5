import { inflate } from "../zlib.ts";
import { damage } from "./damage.ts";
import { decompressLz4 } from "./lz4.ts";
import { decompressZstd } from "./zstd.ts";

type Decompress = (bytes: Uint8Array, maxBytes: number) => Uint8Array;

/** By the number in a message's sysFlag (CompressionType). Before 4.9.3 there was zlib alone, and no number. */
const kinds: readonly Decompress[] = [inflate, decompressLz4, decompressZstd, inflate];

/** What a body holds that was compressed in the way of this number. Throws `undecodable` for more than `maxBytes`. */
export function decompress(bytes: Uint8Array, kind: number, maxBytes: number): Uint8Array {
  const decompressed = kinds[kind]?.(bytes, maxBytes);
  if (decompressed === undefined) throw damage(`${kind} is no known kind of compression`);
  return decompressed;
}
