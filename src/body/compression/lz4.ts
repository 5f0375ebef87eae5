import { damage } from "./damage.ts";
import { type History, history } from "./history.ts";
import { type Input, input } from "./input.ts";

/*
 * The LZ4 frame format (LZ4FrameOutputStream), little-endian:
 *
 *   magic 4 | FLG 1 | BD 1 | [content size 8] | header checksum 1 | { block size 4 | block | [checksum 4] }* | 0 4 | [checksum 4]
 *
 * The highest bit of a block size says that the block isn't compressed. Checksums are passed over: that of the message
 * covers all these bytes.
 */
const MAGIC = 0x184d2204;
const SKIPPABLE_MAGIC = 0x184d2a50;
const VERSION_MASK = 0b1100_0010;
const VERSION = 0b0100_0000;
const BLOCK_CHECKSUM = 0b0001_0000;
const CONTENT_SIZE = 0b0000_1000;
const CONTENT_CHECKSUM = 0b0000_0100;
const DICTIONARY = 0b0000_0001;
const CHECKSUM_BYTES = 4;
const UNCOMPRESSED = 0x8000_0000;

const LONG = 15;
const MIN_MATCH = 4;

/** What LZ4 frames hold, one behind the other. Throws `undecodable` on damage, and for more than `maxBytes`. */
export function decompressLz4(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const from = input(bytes);
  const out = history(maxBytes);
  if (bytes.length === 0) throw damage("it is no LZ4 frame");
  while (from.remaining > 0) {
    const magic = from.u32();
    if (magic === MAGIC) readFrame(from, out);
    else if (isSkippable(magic)) from.take(from.u32());
    else throw damage("it is no LZ4 frame");
  }
  return out.finish();
}

/** Whether what follows is of another kind, with its length: LZ4 and Zstandard share these numbers. */
export function isSkippable(magic: number): boolean {
  return magic - (magic & 0xf) === SKIPPABLE_MAGIC;
}

function readFrame(from: Input, out: History): void {
  const flags = from.u8();
  const maxBlockBytes = maxBlockBytesOf(from.u8());
  if ((flags & VERSION_MASK) !== VERSION) throw damage("it is of another version of LZ4 frames");
  if (flags & DICTIONARY) throw damage("it needs a dictionary");
  const announced = flags & CONTENT_SIZE ? from.uint(6) + from.uint(2) * 2 ** 48 : undefined;
  from.u8();
  const start = out.length;
  for (let size = from.u32(); size !== 0; size = from.u32()) {
    const isPlain = size >= UNCOMPRESSED;
    const block = from.take(isPlain ? size - UNCOMPRESSED : size);
    const blockStart = out.length;
    if (isPlain) out.append(block, 0, block.length);
    else readBlock(block, out);
    if (out.length - blockStart > maxBlockBytes) throw damage("a block is longer than it may be");
    if (flags & BLOCK_CHECKSUM) from.take(CHECKSUM_BYTES);
  }
  if (flags & CONTENT_CHECKSUM) from.take(CHECKSUM_BYTES);
  if (announced !== undefined && announced !== out.length - start) throw damage("it has another length than announced");
}

/** 64 KiB, 256 KiB, 1 MiB or 4 MiB. */
function maxBlockBytesOf(descriptor: number): number {
  const code = descriptor >> 4;
  if (code < 4 || code > 7 || descriptor & 0xf) throw damage("its blocks have no known size");
  return 1 << (8 + 2 * code);
}

/** Sequences of: lengths 1 | [more of the first] | literals | distance 2 | [more of the second]. The last has literals alone. */
function readBlock(block: Uint8Array, out: History): void {
  let at = 0;

  function length(short: number): number {
    let long = short;
    if (short < LONG) return long;
    for (;;) {
      const byte = block[at++];
      if (byte === undefined) throw damage("it is cut off");
      long += byte;
      if (byte < 255) return long;
    }
  }

  for (;;) {
    const token = block[at++];
    if (token === undefined) throw damage("it is cut off");
    const literals = length(token >> 4);
    if (literals > block.length - at) throw damage("it is cut off");
    out.append(block, at, at + literals);
    at += literals;
    if (at === block.length) return;
    const low = block[at++] as number;
    const high = block[at++];
    if (high === undefined) throw damage("it is cut off");
    out.repeat(low | (high << 8), MIN_MATCH + length(token & LONG));
  }
}
