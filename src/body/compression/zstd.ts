import { damage } from "./damage.ts";
import { type History, history } from "./history.ts";
import type { HuffmanTable } from "./huffman.ts";
import { type Input, input } from "./input.ts";
import { readLiterals } from "./literals.ts";
import { isSkippable } from "./lz4.ts";
import { type Memory, runSequences } from "./sequences.ts";

/*
 * A Zstandard frame (RFC 8878), little-endian:
 *
 *   magic 4 | descriptor 1 | [window 1] | [dictionary 1, 2, 4] | [content size 1, 2, 4, 8] | { block header 3 | block }* | [checksum 4]
 *
 * A block header is: 1 bit for the last one, 2 for its kind, 21 for its size. The checksum is passed over: that of the
 * message covers all these bytes.
 */
const MAGIC = 0xfd2fb528;
const SINGLE_SEGMENT = 0b0010_0000;
const RESERVED = 0b0000_1000;
const CHECKSUM = 0b0000_0100;
const CHECKSUM_BYTES = 4;
const MAX_BLOCK_BYTES = 131_072;

const RAW = 0;
const REPEATED = 1;
const COMPRESSED = 2;

/** What a block of a frame leaves to the next one. */
interface FrameMemory extends Memory {
  code: HuffmanTable | undefined;
}

/** What Zstandard frames hold, one behind the other. Throws `undecodable` on damage, and for more than `maxBytes`. */
export function decompressZstd(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const from = input(bytes);
  const out = history(maxBytes);
  if (bytes.length === 0) throw damage("it is no Zstandard frame");
  while (from.remaining > 0) {
    const magic = from.u32();
    if (magic === MAGIC) readFrame(from, out);
    else if (isSkippable(magic)) from.take(from.u32());
    else throw damage("it is no Zstandard frame");
  }
  return out.finish();
}

function readFrame(from: Input, out: History): void {
  const descriptor = from.u8();
  if (descriptor & RESERVED) throw damage("it is of another version of Zstandard frames");
  const window = descriptor & SINGLE_SEGMENT ? undefined : windowOf(from.u8());
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 0b11] as number;
  if (from.uint(dictionaryBytes) !== 0) throw damage("it needs a dictionary");
  const announced = readContentSize(from, descriptor);
  const maxBlockBytes = Math.min(window ?? announced ?? 0, MAX_BLOCK_BYTES);
  const memory: FrameMemory = { code: undefined, tables: undefined, distances: [1, 4, 8] };
  const start = out.length;
  for (let isLast = false; !isLast; ) {
    const header = from.uint(3);
    isLast = (header & 1) === 1;
    readBlock(from, (header >> 1) & 0b11, header >> 3, memory, out, maxBlockBytes);
  }
  if (descriptor & CHECKSUM) from.take(CHECKSUM_BYTES);
  if (announced !== undefined && announced !== out.length - start) throw damage("it has another length than announced");
}

/** How far back repetitions may reach: it bounds the blocks. */
function windowOf(byte: number): number {
  const base = 2 ** (10 + (byte >> 3));
  return base + (base / 8) * (byte & 7);
}

function readContentSize(from: Input, descriptor: number): number | undefined {
  const format = descriptor >> 6;
  if (format === 0) return descriptor & SINGLE_SEGMENT ? from.u8() : undefined;
  if (format === 1) return from.uint(2) + 256;
  return format === 2 ? from.u32() : from.uint(6) + from.uint(2) * 2 ** 48;
}

function readBlock(from: Input, kind: number, size: number, memory: FrameMemory, out: History, maxBytes: number): void {
  if (size > maxBytes && kind !== COMPRESSED) throw damage("a block is longer than it may be");
  if (kind === RAW) out.append(from.take(size), 0, size);
  else if (kind === REPEATED) out.fill(from.u8(), size);
  else if (kind === COMPRESSED) readCompressed(input(from.take(size)), memory, out, maxBytes);
  else throw damage("it has an unknown kind of block");
}

function readCompressed(from: Input, memory: FrameMemory, out: History, maxBytes: number): void {
  const { bytes, code } = readLiterals(from, memory.code, maxBytes);
  memory.code = code;
  runSequences(from.take(from.remaining), bytes, memory, out, maxBytes);
}
